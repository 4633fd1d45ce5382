// Every bound on what comes from outside, with its reason. Lattice's own quotas are lints, not limits
// (docs/evaluation.md, PARSE-SIZE): a policy too long to deploy can still be evaluated and explained.

/** Largest policy document, in UTF-16 code units. Far above every AWS quota (Lattice's API takes 36,864). */
export const DOCUMENT_LENGTH_MAX = 1_048_576;

/** Deepest JSON nesting. A policy needs six levels. */
export const NESTING_MAX = 32;

/** Most statements in one document. */
export const STATEMENTS_MAX = 10_000;

/** Longest single string in a document, in UTF-16 code units; bounds the cost of one wildcard match. */
export const STRING_LENGTH_MAX = 65_536;

/** Most findings reported for one document. */
export const FINDINGS_MAX = 1_000;

/** Lattice: "Auth policy size 10 Kilobytes" (quotas page); more than this is a lint warning. */
export const AUTH_POLICY_QUOTA_BYTES = 10_240;

/** Lattice: `AuthPolicyString` maximum of the API model; more than this is a lint error. */
export const AUTH_POLICY_API_LENGTH_MAX = 36_864;

/** Caller ARNs that one authorizer remembers in parsed form. */
export const PARSED_PRINCIPALS_MAX = 1_024;

/** Names among the headers, query parameters or tags of one request: each condition on one may look through them all. */
export const REQUEST_NAMES_MAX = 1_000;
