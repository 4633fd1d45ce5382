// limits.ts — every bound on what a stack file may ask of the machine, with its reason.
// They are far above what Lattice's own quotas let anybody deploy.

/** Largest stack or policy file, in UTF-16 code units and in bytes. Bounds the time that parsing takes. */
export const FILE_LENGTH_MAX = 1_048_576;

/** Most values in a file once aliases are written out: what an alias bomb would multiply. */
export const NODES_MAX = 200_000;

/** Deepest nesting; a stack file with an inline policy needs about fifteen. */
export const NESTING_MAX = 64;

/** Most policy files that one stack may name, each read once. */
export const POLICY_FILES_MAX = 2_000;

/** Policy files read at the same time. */
export const PARALLEL_READS = 16;

/** Most problems that one error lists. */
export const PROBLEMS_MAX = 200;

/** Longest piece of the user's text repeated in a message. */
export const QUOTE_LENGTH_MAX = 80;

/** Longest name for which a near one is looked for: comparing costs the product of the lengths. */
export const SUGGESTION_LENGTH_MAX = 64;

/** Weight of a target group that stands alone, as Lattice has it. */
export const WEIGHT_DEFAULT = 100;
