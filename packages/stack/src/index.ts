// The public names of @lattice-auth/stack.
export { describeProblem, type FilePlace, StackError, type StackErrorCode, type StackProblem } from './errors.js';
export { loadStack } from './load-stack.js';
export type * from './model.js';
export { type ParseStackOptions, parseStack } from './parse-stack.js';
