// agreement.ts — before anything is timed, all contenders must decide alike: who answers another question faster has won
// nothing.
import { askCedar, askCedarLayers, cedarCalls } from './cedar-engine.ts';
import { ourEngine } from './our-engine.ts';
import type { Question } from './questions.ts';
import { askSimulation, simulations } from './simulate-engine.ts';
import type { Subject } from './subjects.ts';

/** How many questions were put to all, and how many of them were allowed. */
export interface Agreement {
  readonly asked: number;
  readonly allowed: number;
}

/** @throws Error naming the first question on which a contender differs */
export async function checkAgreement(name: string, subject: Subject): Promise<Agreement> {
  const { authorizer, request } = ourEngine(subject);
  const simulation = simulations(subject);
  let allowed = 0;
  for (const question of subject.compared) {
    const calls = cedarCalls(name, subject, question);
    const answers = {
      ours: authorizer.authorize(request(question)).decision === 'allow',
      cedar: askCedar(calls.joined),
      cedarLayers: askCedarLayers(calls.layers),
      simulate: await askSimulation(simulation(question)),
    };
    if (new Set(Object.values(answers)).size > 1) throw disagreement(name, question, answers);
    if (answers.ours) allowed += 1;
  }
  checkTimed(subject);
  return { asked: subject.compared.length, allowed };
}

/** What is timed as allowed is allowed, and the other way round. */
function checkTimed(subject: Subject): void {
  const { authorizer, request } = ourEngine(subject);
  for (const question of [...subject.allowed, ...subject.denied]) {
    const expected = subject.allowed.includes(question) ? 'allow' : 'deny';
    const { decision } = authorizer.authorize(request(question));
    if (decision !== expected) throw new Error(`expected ${expected}: ${JSON.stringify(question)}`);
  }
}

function disagreement(name: string, question: Question, answers: Readonly<Record<string, boolean>>): Error {
  return new Error(`${name}: ${JSON.stringify(answers)} on ${JSON.stringify(question)}`);
}
