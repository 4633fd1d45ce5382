// The parser of responses: how the bytes are cut does not matter, no bytes make it throw anything but its own error, and
// what it takes for a response, Node's parser takes for the same.
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { H1ResponseParser, ResponseSyntaxError } from '../../src/outbound/h1-response-parser.js';

const RUNS = Number(process.env.RUNS ?? 300);
const SEED = Number(process.env.SEED ?? Date.now());

interface Heard {
  readonly events: string[];
  readonly error: boolean;
  readonly keepAlive: boolean;
}

function hear(pieces: readonly Buffer[], method: string, ended: boolean): Heard {
  const events: string[] = [];
  let body = '';
  const parser = new H1ResponseParser({
    onInterim: (status, headers) => events.push(`interim ${status} ${headers.join('|')}`),
    onHead: (status, message, headers, bodyless) => {
      events.push(`head ${status} ${message} ${headers.join('|')}`);
      if (bodyless) events.push('end');
    },
    onData: (chunk, last) => {
      body += chunk.toString('latin1');
      if (last) events.push(`body ${body}`, 'end');
    },
    onEnd: (trailers) => events.push(`body ${body}`, `end ${trailers.join('|')}`.trim()),
    onSwitch: () => events.push('switch'),
  });
  parser.expect(method, false);
  try {
    for (const piece of pieces) {
      if (parser.isDone) break; // a connection with a response that is complete is not read on
      parser.execute(piece);
    }
    if (ended) parser.finish();
  } catch (error) {
    if (!(error instanceof ResponseSyntaxError)) throw error;
    return { events, error: true, keepAlive: false };
  }
  return { events, error: false, keepAlive: parser.keepAlive };
}

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const header = fc.tuple(word, fc.stringMatching(/^[ -~]{0,12}$/)).map(([name, value]) => `x-${name}: ${value}\r\n`);
const content = fc.stringMatching(/^[ -~\r\n]{0,60}$/);
const framed = fc
  .tuple(content, fc.constantFrom('length', 'chunked', 'close'), fc.integer({ min: 1, max: 20 }))
  .map(([text, framing, size]) => {
    if (framing === 'length') return [`content-length: ${text.length}\r\n`, text];
    if (framing === 'close') return ['connection: close\r\n', text];
    let chunks = '';
    for (let i = 0; i < text.length; i += size) {
      const part = text.slice(i, i + size);
      chunks += `${part.length.toString(16)}\r\n${part}\r\n`;
    }
    return ['transfer-encoding: chunked\r\n', `${chunks}0\r\nx-trailer: 1\r\n\r\n`];
  });
const response = fc
  .tuple(fc.constantFrom(200, 201, 204, 304, 404, 500), fc.array(header, { maxLength: 4 }), framed, fc.boolean())
  .map(([status, headers, [framing, body], interim]) => {
    const bodyless = status === 204 || status === 304;
    const first = interim ? 'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n' : '';
    return `${first}HTTP/1.1 ${status} Some Reason\r\n${headers.join('')}${bodyless ? '' : framing}\r\n${bodyless ? '' : body}`;
  });

/** The same bytes, cut at random. */
function cut(bytes: Buffer, marks: readonly number[]): Buffer[] {
  const at = [...new Set(marks.map((mark) => mark % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((start, i) => bytes.subarray(start, at[i] ?? bytes.length)).filter((piece) => piece.length > 0);
}

test('how a response is cut does not matter', () => {
  fc.assert(
    fc.property(response, fc.array(fc.nat(), { maxLength: 30 }), (text, marks) => {
      const bytes = Buffer.from(text, 'latin1');
      const whole = hear([bytes], 'GET', true);
      expect(whole.error).toBe(false);
      expect(hear(cut(bytes, marks), 'GET', true)).toEqual(whole);
      expect(
        hear(
          [...bytes].map((_, i) => bytes.subarray(i, i + 1)),
          'GET',
          true,
        ),
      ).toEqual(whole);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('damaged responses end in an error of its own or in a response, never in anything else', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom('\r', '\n', '\0', ':', ' ', '0', 'f', '\t', ';', 'é')), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(response, damage, fc.array(fc.nat(), { maxLength: 6 }), (text, changes, marks) => {
      let damaged = text;
      for (const [at, char] of changes) {
        const i = at % damaged.length;
        damaged = damaged.slice(0, i) + char + damaged.slice(i + (at % 2));
      }
      const bytes = Buffer.from(damaged, 'latin1');
      const whole = hear([bytes], 'GET', true);
      const parts = hear(cut(bytes, marks), 'GET', true);
      // Cut or whole, the verdict is one. Events before an error may differ: a body is handed on as it comes.
      expect(parts.error).toBe(whole.error);
      if (!whole.error) expect(parts.events).toEqual(whole.events);
    }),
    { numRuns: RUNS * 3, seed: SEED },
  );
});

test('what it takes for a response, Node takes for the same', async () => {
  let answer = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer, 'latin1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const node = () =>
    new Promise<string[]>((resolve) => {
      const call = request({ port, agent: false }, (incoming) => {
        let body = '';
        incoming.setEncoding('latin1');
        incoming.on('data', (chunk: string) => {
          body += chunk;
        });
        incoming.on('error', () => resolve(['error']));
        incoming.on('end', () => resolve([`${incoming.statusCode}`, incoming.rawHeaders.join('|'), body]));
      });
      call.on('error', () => resolve(['error']));
      call.end();
    });
  await fc.assert(
    fc.asyncProperty(response, async (text) => {
      answer = text;
      const ours = hear([Buffer.from(text, 'latin1')], 'GET', true);
      const [status = '', headers = '', body = ''] = await node();
      expect(ours.events.find((event) => event.startsWith('head'))).toBe(`head ${status} Some Reason ${headers}`);
      expect((ours.events.find((event) => event.startsWith('body')) ?? 'body ').slice(5)).toBe(body);
    }),
    { numRuns: Math.min(RUNS, 200), seed: SEED },
  );
  server.close();
});
