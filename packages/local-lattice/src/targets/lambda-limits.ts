// lambda-limits.ts — what Lattice and Lambda bound on the way to a function and back, and what is bounded here beyond
// that.

/** "The maximum size of the request body that you can send to a Lambda function is 6 MB." */
export const LAMBDA_REQUEST_BYTES_MAX = 6 * 1024 * 1024;
/** "The maximum size of the response JSON that the Lambda function can send is 6 MB." */
export const LAMBDA_RESPONSE_BYTES_MAX = 6 * 1024 * 1024;
/** How long a function may take. Lattice's own limit, since the stack has no setting of Lambda's. */
export const LAMBDA_TIMEOUT_MS = 60_000;
/** Events that wait for a process that handles one at a time: our own bound. */
export const LAMBDA_QUEUE_MAX = 1_000;
/** A function's error in a log line: our own bound. */
export const LAMBDA_ERROR_CHARS_MAX = 500;
