// run-eval.ts: one policy, one request, one answer.
import {
  ASSUMPTIONS,
  type AssumptionId,
  compilePolicy,
  evaluatePolicy,
  type PolicyEvaluation,
  type PolicyType,
  parsePolicyFindings,
} from '@lattice-auth/policy-engine';
import { CliError, cliError, EXIT, oneLine, type Problem } from '../../errors.js';
import { colorsFor, type Input, type Io, readInput } from '../../io.js';
import { PROBLEMS_MAX } from '../../limits.js';
import { kindOfFile } from '../kind-of-file.js';
import { statementText } from '../statement-text.js';
import type { EvalFlags } from './command.js';
import { readRequest } from './request-file.js';

/** Runs `lattice-auth eval`. */
export async function runEval(
  io: Io,
  policyName: string,
  requestName: string | undefined,
  flags: EvalFlags,
): Promise<number> {
  if (policyName === '-' && requestName === '-') {
    throw cliError('ERR_CLI_USAGE', 'policy and request cannot both be on stdin');
  }
  const input = await readInput(io, policyName);
  const request = await readRequest(io, requestName, flags);
  const kind = kindOfFile(input, flags.type);
  if (kind === 'stack') {
    const hint = 'a policy document is JSON with a `Statement`; for a stack see `explain`';
    throw cliError('ERR_CLI_SYNTAX', 'is not a policy document', { place: { file: input.name }, hint });
  }
  const evaluation = evaluatePolicy(compiled(input, kind), request);
  if (evaluation.invalidRequest !== undefined) {
    throw cliError('ERR_CLI_REQUEST', `the request cannot be put: ${evaluation.invalidRequest}`);
  }
  io.stdout.write(flags.json ? json(kind, evaluation) : text(io, evaluation));
  return evaluation.effect === 'allow' ? EXIT.yes : EXIT.no;
}

function compiled(input: Input, type: PolicyType) {
  const { policy, findings } = parsePolicyFindings(input.text, { type, name: input.name });
  if (policy !== undefined) return compilePolicy(policy);
  const problems = findings.slice(0, PROBLEMS_MAX).map(({ code, message, line, column }): Problem => {
    return { code, message, place: { file: input.name, line, column } };
  });
  throw new CliError(problems);
}

function json(type: PolicyType, { effect, determining, assumptions }: PolicyEvaluation): string {
  return `${JSON.stringify({ version: 1, type, effect, determining, assumptions }, null, 2)}\n`;
}

const VERDICTS = {
  allow: 'allow',
  explicitDeny: 'explicit deny',
  implicitDeny: 'implicit deny: no Allow matches',
} as const;

function text(io: Io, { effect, determining, assumptions }: PolicyEvaluation): string {
  const colors = colorsFor(io.stdout, io.env);
  const paint = effect === 'allow' ? colors.green : colors.red;
  const statements = determining.map((ref) => `  by ${oneLine(statementText(ref))}\n`);
  const rests = assumptions.map((id) => `  ${colors.dim(`assumes ${id}: ${ASSUMPTIONS[id as AssumptionId]}`)}\n`);
  return [`${paint(VERDICTS[effect])}\n`, ...statements, ...rests].join('');
}
