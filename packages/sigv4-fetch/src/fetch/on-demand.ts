// on-demand.ts — what most processes never need, or not before their first failure: loaded as one when first asked for, so
// that importing the entry stays quick and small.
export { defaultChain } from '../credentials/default-chain.js';
export { abortable } from './abortable.js';
export { byteStream } from './byte-stream.js';
export { forGlobalFetch } from './dispatcher.js';
export { repeats, retryAfterError } from './failures.js';
export { peek } from './read-start.js';
export { nextHop } from './redirect.js';
export { withFieldsOf } from './request-fields.js';
export { explain, refuse } from './response-error.js';
