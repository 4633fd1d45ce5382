// run-explain.ts: the command line as a question to the stack, and the engine's explanation of the answer.

import { describeDifference, type Explanation, renderExplanation } from '@lattice-auth/policy-engine';
import { authorizerFor, requestFor, type StackQuestion, type StackRequest } from '@lattice-auth/stack';
import { cliError, EXIT, oneLine } from '../../errors.js';
import { colorsFor, type Io, wantsColor } from '../../io.js';
import { loadStackFile } from '../../stack/load-stack-file.js';
import { gathered, parseKeyValue } from '../condition-keys.js';
import { parseHeader } from '../header-line.js';
import type { ExplainFlags } from './command.js';

/** Runs `lattice-auth explain`. */
export async function runExplain(
  io: Io,
  method: string | undefined,
  path: string,
  flags: ExplainFlags,
): Promise<number> {
  const question = questionOf(method, path, flags);
  const stack = await loadStackFile(io, flags.stack);
  const asked = requestFor(stack, question);
  if (asked.kind === 'unreachable') {
    printUnreachable(io, asked.message, flags);
    return EXIT.no;
  }
  const explanation = authorizerFor(stack, asked).explain(asked.request);
  if (explanation.decision.invalidRequest !== undefined) {
    throw cliError('ERR_CLI_REQUEST', `the request cannot be put: ${explanation.decision.invalidRequest}`);
  }
  io.stdout.write(flags.json ? json(asked, explanation) : text(io, question, asked, explanation, flags));
  return explanation.decision.decision === 'allow' ? EXIT.yes : EXIT.no;
}

type Connected = Extract<StackRequest, { kind: 'connected' }>;

function questionOf(method: string | undefined, path: string, flags: ExplainFlags): StackQuestion {
  if (!path.startsWith('/')) {
    throw cliError('ERR_CLI_USAGE', `\`${path}\` is not a path`, {
      hint: 'the method comes first, the path begins with /',
    });
  }
  const { from, to, vpc, network, protocol, port, sourceIp, time } = flags;
  const headers = gathered((flags.header ?? []).map(parseHeader));
  const context = gathered((flags.context ?? []).map(parseKeyValue));
  return { from, to, vpc, serviceNetwork: network, method, path, headers, protocol, port, sourceIp, time, context };
}

function json({ serviceNetwork, service, via }: Connected, explanation: Explanation): string {
  const nearMisses = explanation.nearMisses.map(({ statement, differences }) => ({
    statement,
    differences: differences.map((difference) => ({ message: describeDifference(difference), ...difference })),
  }));
  const answer = { version: 1, kind: 'decided', serviceNetwork, service, via, ...explanation, nearMisses };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function text(
  io: Io,
  { from, to, method, path }: StackQuestion,
  asked: Connected,
  explanation: Explanation,
  { all }: ExplainFlags,
): string {
  const colors = colorsFor(io.stdout, io.env);
  const vpc = asked.vpc === undefined ? '' : ` from ${asked.vpc.name}`;
  const title = `${from}${vpc} → ${to} through ${asked.serviceNetwork}: ${method ?? asked.request.method ?? ''} ${path ?? ''}`;
  const rendered = renderExplanation(explanation, { color: wantsColor(io.stdout, io.env), all: all === true });
  return `${colors.bold(oneLine(title.trimEnd()))}\n\n${rendered.trimEnd()}\n`;
}

function printUnreachable(io: Io, message: string, { json: asJson }: ExplainFlags): void {
  if (asJson) io.stdout.write(`${JSON.stringify({ version: 1, kind: 'unreachable', message }, null, 2)}\n`);
  else
    io.stdout.write(`${colorsFor(io.stdout, io.env).red('✗ unreachable')}: ${oneLine(message)}; no policy is asked\n`);
}
