// The public names of @lattice-auth/policy-engine.
export { ASSUMPTIONS, type AssumptionId } from './assumptions.js';
export { type Authorizer, createAuthorizer } from './authorizer.js';
export { type CompiledPolicy, compilePolicy } from './compile/compile-policy.js';
export { type ErrorPlace, PolicyError, type PolicyErrorCode } from './errors.js';
export { authorizeIam } from './evaluate/authorize-iam.js';
export { authorizeLattice } from './evaluate/authorize-lattice.js';
export { evaluatePolicy } from './evaluate/evaluate-policy.js';
export { explainPolicy } from './explain/explain-policy.js';
export type * from './explain/explanation.js';
export { type RenderOptions, renderExplanation } from './explain/render-explanation.js';
export { describeDifference, hintOf, LAYER_NAMES, LAYER_REASONS } from './explain/words.js';
export { type LatticeFinding, lintLatticePolicies } from './lint/lint-lattice-policies.js';
export { lintPolicy } from './lint/lint-policy.js';
export { lintPolicySource } from './lint/lint-policy-source.js';
export type * from './model.js';
export { type ParsedPolicy, type ParseOptions, parsePolicy, parsePolicyFindings } from './parse/parse-policy.js';
