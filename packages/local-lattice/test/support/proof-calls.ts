// proof-calls.ts: what the tests of attacks send, and what must come of it.
import { expect } from 'vitest';
import type { ProofPlane } from './proof.js';
import type { EchoTarget } from './proof-targets.js';
import { askBytes, bytesOf, type Draft, signedDraft, type WireAnswer } from './proof-wire.js';

/** Calls to the data plane that a test has started by the time it calls. */
export function callsTo(ground: () => { plane: ProofPlane; target: EchoTarget }) {
  const keys = () => ground().plane.keysOf('client');
  const signed = (draft: Partial<Draft> = {}, options = {}): Draft =>
    signedDraft({ host: ground().plane.hostOf('orders'), target: '/orders', ...draft }, keys(), options);
  const ask = (draft: Draft | string): Promise<WireAnswer> =>
    askBytes(ground().plane.httpPort, typeof draft === 'string' ? draft : bytesOf(draft));

  /** Refused with this text, and no target has seen anything of it. */
  async function refused(draft: Draft | string, text: string | RegExp, status = 403): Promise<void> {
    const { target } = ground();
    const before = target.delivered.length;
    const answer = await ask(draft);
    if (typeof text === 'string') expect(answer.text.slice(0, text.length)).toBe(text);
    else expect(answer.text).toMatch(text);
    expect(answer.status).toBe(status);
    expect(target.delivered).toHaveLength(before);
  }

  async function accepted(draft: Draft): Promise<void> {
    expect(await ask(draft)).toMatchObject({ status: 200 });
  }

  return { keys, signed, ask, refused, accepted };
}
