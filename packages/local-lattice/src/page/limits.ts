// limits.ts — the bounds of the page: what a browser may ask of the control port, and what it is sent.

/** Requests that are sent to the page at once, and that it keeps. */
export const ROWS_MAX = 200;
/** Path and query of a request, as the table gets them. */
export const TARGET_CHARS_MAX = 1_000;
/** Any other single text in what the page gets. */
export const TEXT_CHARS_MAX = 4_000;
/** Statements of one layer in an explanation. */
export const STATEMENTS_MAX = 50;
/** Pages that follow requests at the same time. */
export const STREAMS_MAX = 16;
/** How often a page hears of requests; what comes in between comes together. */
export const STREAM_INTERVAL_MS = 100;
/** Requests told of at one time: 1,000 a second are more than anybody reads. */
export const STREAM_BATCH_MAX = 100;
/** What may wait for a page that doesn't read. Beyond that it is told how much it missed. */
export const STREAM_BYTES_MAX = 262_144;
/** A comment now and then, so that a page that went away is noticed. */
export const STREAM_HEARTBEAT_MS = 15_000;
/** The body of `POST /api/try`. */
export const TRY_BYTES_MAX = 262_144;
export const TRY_HEADERS_MAX = 100;
/** What is read of the answer to a request that was tried. */
export const TRY_ANSWER_BYTES_MAX = 65_536;
/** How long such an answer may take. */
export const TRY_TIMEOUT_MS = 65_000;
