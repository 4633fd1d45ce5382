// limits.ts: the limits that are nobody's setting, each with its source. Settings are in config/sidecar-config.ts.

/** Head of an upstream's response, all lines. Lattice's own limit for requests is 60 KB; responses get twice that. */
export const RESPONSE_HEAD_BYTES_MAX = 131_072;

/** Interim responses (1xx) before a final one; more is a broken or hostile upstream. */
export const INTERIM_RESPONSES_MAX = 16;

/** The line that introduces a chunk, extensions included. */
export const CHUNK_LINE_BYTES_MAX = 4_096;

/** Trailers of one message. */
export const TRAILER_BYTES_MAX = 16_384;

/** Calls that wait for a connection to one upstream; more are refused rather than kept waiting. */
export const WAITING_CALLS_MAX = 8_192;

/** Signatures reused within one second. */
export const SIGNATURES_KEPT_MAX = 4_096;

/** Upstreams remembered at once: in transparent mode callers choose them. */
export const ORIGINS_MAX = 1_024;

/** What is read of a refusal for comparing it with ours. Lattice's texts are under 1 KiB. */
export const REFUSAL_BYTES_MAX = 4_096;

/** Length of a request target. Beyond the limit for heads in any case, but refused with a better word. */
export const TARGET_BYTES_MAX = 32_768;

/** For how long the rest of a request still goes on its way, or is read and dropped, when its answer is there already. */
export const LINGER_MS = 1_000;
