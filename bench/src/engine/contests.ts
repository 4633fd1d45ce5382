// contests.ts — what is timed: each function gives the contenders of one row of the report. Questions are turned into the
// form that each contender takes before the clock runs, and go round in a ring of many.
import type { LatticeRequest } from '@lattice-auth/policy-engine';
import { askCedar, askCedarLayers, type CedarCalls, cedarCalls, parseCedarLayers } from './cedar-engine.ts';
import type { Contender } from './measure.ts';
import { compileOurs, ourEngine, ourPolicy, requestContext } from './our-engine.ts';
import type { Question } from './questions.ts';
import { askSimulation, policySimulations, simulations } from './simulate-engine.ts';
import type { Subject } from './subjects.ts';

// What was answered, kept so that no compiler may leave the question out.
const sink = { answered: 0 };

function ring<Item>(items: readonly Item[], ask: (item: Item) => boolean): { run(times: number): void } {
  let next = 0;
  return {
    run(times) {
      for (let time = 0; time < times; time++) {
        if (ask(items[next] as Item)) sink.answered++;
        next = next + 1 === items.length ? 0 : next + 1;
      }
    },
  };
}

function slowRing<Item>(items: readonly Item[], ask: (item: Item) => Promise<boolean>): Pick<Contender, 'run'> {
  let next = 0;
  return {
    async run(times) {
      for (let time = 0; time < times; time++) {
        if (await ask(items[next] as Item)) sink.answered++;
        next = (next + 1) % items.length;
      }
    },
  };
}

/** Parsing and compiling all policies. iam-simulate has no such step: it reads them anew for each question. */
export function compileContest(name: string, subject: Subject): readonly Contender[] {
  const once = { length: 1 };
  return [
    {
      name: 'ours',
      ...ring(
        Array.from(once, () => subject),
        (one) => compileOurs(one) === undefined,
      ),
    },
    {
      name: 'cedar',
      ...ring(
        Array.from(once, () => subject),
        (one) => parseCedarLayers(name, one.cedar) === undefined,
      ),
    },
  ];
}

/** Asking the service's policy alone. `layer` is its place among the layers of the Cedar text. */
export function decideContest(name: string, subject: Subject, layer: number): readonly Contender[] {
  const questions = subject.allowed;
  const { service } = ourEngine(subject);
  const cedar = questions.map((question) => cedarCalls(name, subject, question).layers[layer]);
  return [
    { name: 'ours', ...ring(questions.map(requestContext), ourPolicy(service)) },
    { name: 'cedar', ...ring(cedar, (call) => call !== undefined && askCedar(call)) },
    { name: 'simulate', ...slowRing(questions.map(policySimulations(subject)), askSimulation) },
  ];
}

/** The whole decision about a request. Cedar in two ways: all layers joined, and layer by layer. */
export function authorizeContest(name: string, subject: Subject, questions: readonly Question[]): readonly Contender[] {
  const cedar: readonly CedarCalls[] = questions.map((question) => cedarCalls(name, subject, question));
  const contenders: Contender[] = [
    { name: 'ours', ...authorizeRing(subject, questions) },
    { name: 'cedar', ...ring(cedar, (calls) => askCedar(calls.joined)) },
    { name: 'simulate', ...slowRing(questions.map(simulations(subject)), askSimulation) },
  ];
  if (subject.cedar.layers.length === 1) return contenders;
  return [...contenders, { name: 'cedarLayers', ...ring(cedar, (calls) => askCedarLayers(calls.layers)) }];
}

/** Our side of the contest on its own. */
export function authorizeRing(subject: Subject, questions: readonly Question[]): { run(times: number): void } {
  const { authorizer, request } = ourEngine(subject);
  const requests: readonly LatticeRequest[] = questions.map(request);
  return ring(requests, (one) => authorizer.authorize(one).decision === 'allow');
}

/** Explaining instead of deciding. */
export function explainRing(subject: Subject, questions: readonly Question[]): { run(times: number): void } {
  const { authorizer, request } = ourEngine(subject);
  return ring(questions.map(request), (one) => authorizer.explain(one).decision.decision === 'allow');
}
