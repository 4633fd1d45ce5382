// The public names of @lattice-auth/policy-engine.
export { type ErrorPlace, PolicyError, type PolicyErrorCode } from './errors.js';
export type * from './model.js';
export { type ParsedPolicy, type ParseOptions, parsePolicy, parsePolicyFindings } from './parse/parse-policy.js';
