// limits.ts: what the command reads at most. A file that is larger was named by mistake; the policies in it have limits
// of their own, which are the engine's.

/** Bytes of one file, or of stdin. */
export const INPUT_BYTES_MAX = 8 * 1024 * 1024;

/** Problems of one file that are printed; more of them have one cause. */
export const PROBLEMS_MAX = 20;

/** Files that a search for case files looks at before it gives up. */
export const SEARCHED_FILES_MAX = 100_000;

/** Cases that one matrix may make. */
export const MATRIX_CASES_MAX = 100_000;

/** Bytes of a refusal that are read for its meaning; Lattice's own texts are a few hundred. */
export const REFUSAL_BYTES_MAX = 8_192;

/** Characters of a YAML file that the command reads by itself. */
export const YAML_CHARS_MAX = 1_048_576;

/** What aliases in it may multiply it by: the bound that stops an alias bomb. */
export const YAML_ALIASES_MAX = 100;
