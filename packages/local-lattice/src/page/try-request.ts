// try-request.ts — sends what the page's form says, signed as its principal and from its VPC, through the data plane like
// any other request.
import { LocalLatticeError } from '../errors.js';
import type { TryAnswer, TryQuestion } from './browser/protocol.js';
import { TRY_ANSWER_BYTES_MAX, TRY_TIMEOUT_MS } from './limits.js';
import { QuestionProblem } from './read-question.js';

/** Sends one request and reads the answer. */
export type TryRequest = (question: TryQuestion) => Promise<TryAnswer>;

/** What sends: a data plane on this machine. */
export interface TryClient {
  fetchAs(principal: string, from?: { readonly vpc?: string | undefined }): typeof fetch;
  urlOf(service: string): string;
}

/**
 * Makes it. Rejects with {@link QuestionProblem} when the question can't be sent.
 */
export function createTryRequest(client: TryClient): TryRequest {
  return async (question) => {
    const started = performance.now();
    const response = await send(client, question);
    const { text, cut } = await readStart(response);
    return {
      id: response.headers.get('x-amzn-requestid') ?? undefined,
      status: response.status,
      headers: [...response.headers],
      body: text,
      cut,
      durationMs: Math.round((performance.now() - started) * 10) / 10,
    };
  };
}

async function send(client: TryClient, { principal, vpc, service, method, path, headers, body }: TryQuestion) {
  try {
    return await client.fetchAs(principal, { vpc })(`${client.urlOf(service)}${path}`, {
      method,
      headers: headers.map(([name, value]) => [name, value]),
      redirect: 'manual',
      signal: AbortSignal.timeout(TRY_TIMEOUT_MS),
      ...(body !== undefined && { body }),
    });
  } catch (error) {
    if (error instanceof LocalLatticeError) throw new QuestionProblem(error.message);
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new QuestionProblem(`the request could not be sent: ${cause instanceof Error ? cause.message : 'failed'}`);
  }
}

async function readStart(response: Response): Promise<{ text: string; cut: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined && length <= TRY_ANSWER_BYTES_MAX) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || value === undefined) break;
    chunks.push(value);
    length += value.length;
  }
  await reader?.cancel().catch(() => undefined);
  const bytes = Buffer.concat(chunks);
  return {
    text: bytes.subarray(0, TRY_ANSWER_BYTES_MAX).toString('utf8'),
    cut: length > TRY_ANSWER_BYTES_MAX,
  };
}
