// engine.bench.ts — `npm run bench -- engine`: what the policy engine costs, next to cedar-wasm and iam-simulate on the same
// policies and the same requests, in one run. All must decide alike before anything is timed. `--quick` does everything
// once, to see that it works; its times mean nothing. Method: docs/performance.md, "Engine".
import { availableParallelism } from 'node:os';
import { type Agreement, checkAgreement } from './engine/agreement.ts';
import { measureBundles } from './engine/bundle.ts';
import { parseCedar } from './engine/cedar-engine.ts';
import { authorizeContest, authorizeRing, compileContest, decideContest, explainRing } from './engine/contests.ts';
import { bytesAllocated, type Effort, type Figures, measureInTurns } from './engine/measure.ts';
import { printAgreement, printRow, printTargets, printTitle } from './engine/report.ts';
import { largeSubject, type Subject, typicalSubject } from './engine/subjects.ts';

const [option] = process.argv.slice(2);
if (option !== undefined && option !== '--quick') throw new Error(`unknown option \`${option}\`; there is: --quick`);
const isQuick = option === '--quick';
const effort: Effort = isQuick
  ? { rounds: 1, batchMs: 0, slowRounds: 1 }
  : { rounds: 101, batchMs: 10, slowRounds: 21 };

async function prepared(name: string, subject: Subject): Promise<Agreement> {
  parseCedar(name, subject.cedar);
  return checkAgreement(name, subject);
}

async function measureTypical(): Promise<Figures> {
  const subject = typicalSubject();
  const agreement = await prepared('typical', subject);
  printTitle('typical: network and service policies of 5 statements, identity policy of 2, 8 headers');
  printAgreement(agreement);
  const figures: Record<string, Figures[string]> = {};
  const contests = {
    'parse and compile': compileContest('typical', subject),
    'decide, one policy': decideContest('typical', subject, 1),
    'authorize, allowed': authorizeContest('typical', subject, subject.allowed),
    'authorize, denied': authorizeContest('typical', subject, subject.denied),
    'explain, denied': [{ name: 'ours' as const, ...explainRing(subject, subject.denied) }],
  };
  for (const [what, contenders] of Object.entries(contests)) {
    const samples = await measureInTurns(contenders, effort);
    figures[what] = samples;
    printRow(what, samples);
  }
  const bytes = bytesAllocated(authorizeRing(subject, subject.allowed));
  console.log(`bytes allocated by one authorize: ${Math.round(bytes)}`);
  return figures;
}

async function measureLarge(principals: 'distinct' | 'shared'): Promise<Figures> {
  printTitle(
    principals === 'distinct'
      ? 'service policies of many statements, each for a role of its own: authorize'
      : 'service policies of many statements, all for everybody: authorize',
  );
  const figures: Record<string, Figures[string]> = {};
  for (const count of isQuick ? [10, 100] : [10, 100, 1000]) {
    const name = `${principals} ${count}`;
    const subject = largeSubject(count, principals);
    const agreement = await prepared(name, subject);
    const samples = await measureInTurns(authorizeContest(name, subject, subject.allowed), effort);
    figures[name] = samples;
    printRow(`${count} statements`, samples);
    printAgreement(agreement);
  }
  return figures;
}

console.log(`Node ${process.versions.node}, ${availableParallelism()} CPUs; medians of ${effort.rounds} rounds`);
const figures: Figures = {
  ...(await measureTypical()),
  ...(await measureLarge('distinct')),
  ...(await measureLarge('shared')),
};
if (isQuick) console.log('\nall of it works; run without --quick for times and targets');
else printTargets(figures, measureBundles());
