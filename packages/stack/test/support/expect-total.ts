// expect-total.ts — what must hold for any text at all: a stack that can be asked, or a StackError that says where.
import { authorizerFor, lintStack, parseStack, requestFor, type Stack, StackError } from '../../src/index.js';

/** Throws unless the text is read or refused as it should be; says which. */
export function expectTotal(text: string, policy: string | undefined): 'stack' | 'refused' {
  let stack: Stack;
  try {
    stack = parseStack(text, { file: 'stack.yaml', readPolicy: () => policy });
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    for (const problem of error.problems) expectProblem(problem, text);
    return 'refused';
  }
  for (const { line, column, file } of lintStack(stack)) {
    if (line < 1 || column < 1 || !stack.files.includes(file)) throw new Error(`finding at ${file}:${line}:${column}`);
  }
  for (const service of Object.keys(stack.services)) askAll(stack, service);
  return 'stack';
}

function expectProblem(problem: StackError['problems'][number], text: string): void {
  const { code, file, line, column, message } = problem;
  const inFile = file !== 'stack.yaml' || line <= text.split('\n').length;
  if (!code.startsWith('ERR_STACK_') || line < 1 || column < 1 || !inFile || /[\n\r]/.test(message) || message === '') {
    throw new Error(`malformed problem ${JSON.stringify(problem)}`);
  }
}

function askAll(stack: Stack, to: string): void {
  for (const from of ['anonymous', ...Object.keys(stack.principals)]) {
    try {
      const asked = requestFor(stack, { from, to });
      if (asked.kind === 'connected') authorizerFor(stack, asked).authorize(asked.request);
    } catch (error) {
      if (!(error instanceof StackError)) throw error;
    }
  }
}
