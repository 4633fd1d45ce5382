// ext-authz.bench.ts — `npm run bench -- ext-authz`: what an answer to Envoy costs, at 2,000 questions a second, next to a server
// on node:http2 that answers with the same bytes without looking, and one of @grpc/grpc-js that reads the question and says yes.
// Taking turns in one run; servers on one core, questions from the other. Nothing is timed before the answers are what they
// should be. Method: docs/envoy.md has the target.

import { agree } from './ext-authz/agree.ts';
import { startContenders } from './ext-authz/contenders.ts';
import { measure } from './ext-authz/measure.ts';

const SECONDS = Number(process.env.SECONDS ?? 5);
const ROUNDS = Number(process.env.ROUNDS ?? 5);

const contenders = await startContenders();
try {
  await agree(contenders);
  await measure(contenders, { seconds: SECONDS, rounds: ROUNDS });
} finally {
  for (const { stop } of contenders) stop();
}
process.exit();
