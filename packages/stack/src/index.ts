// The public names of @lattice-auth/stack.
export { authorizerFor, policiesFor, type ServicePath } from './ask/authorizer-for.js';
export { findServices } from './ask/find-service.js';
export { requestFor, type StackQuestion, type StackRequest } from './ask/request-for.js';
export { describeProblem, type FilePlace, StackError, type StackErrorCode, type StackProblem } from './errors.js';
export { lintStack } from './findings/lint-stack.js';
export type { StackFinding } from './findings/stack-findings.js';
export { loadStack } from './load-stack.js';
export type * from './model.js';
export { type ParseStackOptions, parseStack } from './parse-stack.js';
