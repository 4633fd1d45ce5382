// read-start.ts — the beginning of a response's body, as text.
import { DENIAL_CHARS_MAX } from './denial.js';

// A refusal is short and comes at once. What is longer or slower is not one, and stays where it is.
const PEEK_MS = 2_000;

/** The beginning of a response that can still be read from the start. */
export function peek(response: Response): Promise<string> {
  return readStart(response.body === null ? null : response.clone().body);
}

/** Reads the beginning of a stream and lets go of the rest. */
export async function readStart(stream: ReadableStream<Uint8Array> | null): Promise<string> {
  if (stream === null) return '';
  const reader = stream.getReader();
  const timer = setTimeout(() => reader.cancel().catch(() => undefined), PEEK_MS);
  const decoder = new TextDecoder();
  let text = '';
  try {
    while (text.length < DENIAL_CHARS_MAX) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The body broke off: what came so far is what there is to read, and the caller will meet the failure itself.
  } finally {
    clearTimeout(timer);
    reader.cancel().catch(() => undefined);
  }
  return text.slice(0, DENIAL_CHARS_MAX);
}
