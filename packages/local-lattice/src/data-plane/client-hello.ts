// client-hello.ts — the server name in the first message of a TLS connection, read without taking part in it (RFC 8446
// 4.1.2, RFC 6066 3). Text from outside: every length is checked, and what makes no sense has no name.

/** `more`: not all of it has come yet. */
export type HelloReading = { readonly kind: 'more' } | { readonly kind: 'name'; readonly name: string | undefined };

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const MORE: HelloReading = { kind: 'more' };

/** Whether bytes begin as a TLS connection does. */
export function isTls(bytes: Uint8Array): boolean {
  return bytes[0] === HANDSHAKE;
}

/** Reads the name from the first bytes of a connection. */
export function readServerName(bytes: Uint8Array): HelloReading {
  const message = handshakeMessage(bytes);
  if (message === undefined) return MORE;
  return { kind: 'name', name: message === null ? undefined : nameIn(message) };
}

/** The first handshake message, which may be spread over several records; null when it is no ClientHello. */
function handshakeMessage(bytes: Uint8Array): Uint8Array | undefined | null {
  const pieces: Uint8Array[] = [];
  let have = 0;
  for (let at = 0; ; ) {
    if (bytes.length < at + 5) return undefined;
    if (bytes[at] !== HANDSHAKE || bytes[at + 1] !== 3) return null;
    const length = number(bytes, at + 3, 2);
    if (length === 0 || length > 16_384) return null;
    const piece = bytes.subarray(at + 5, at + 5 + length);
    pieces.push(piece);
    have += piece.length;
    if (have >= 4) {
      const joined = Buffer.concat(pieces);
      if (joined[0] !== CLIENT_HELLO) return null;
      const wanted = 4 + number(joined, 1, 3);
      if (have >= wanted) return joined.subarray(4, wanted);
    }
    if (piece.length < length) return undefined;
    at += 5 + length;
  }
}

function nameIn(hello: Uint8Array): string | undefined {
  let at = 2 + 32; // version, random
  at += 1 + (hello[at] ?? 0); // session id
  at += 2 + number(hello, at, 2); // cipher suites
  at += 1 + (hello[at] ?? 0); // compression methods
  const end = Math.min(hello.length, at + 2 + number(hello, at, 2));
  at += 2;
  while (at + 4 <= end) {
    const type = number(hello, at, 2);
    const length = number(hello, at + 2, 2);
    if (type === SERVER_NAME) return firstName(hello.subarray(at + 4, Math.min(end, at + 4 + length)));
    at += 4 + length;
  }
  return undefined;
}

function firstName(list: Uint8Array): string | undefined {
  if (list.length < 5 || list[2] !== 0) return undefined;
  const length = number(list, 3, 2);
  const name = list.subarray(5, 5 + length);
  if (name.length !== length) return undefined;
  return Buffer.from(name).toString('latin1').toLowerCase().replace(/\.$/, '');
}

function number(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i += 1) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}
