// h1-response-parser.ts: reads HTTP/1.1 responses from the bytes of one connection, as they come. Strict (RFC 9112):
// whatever could be read in two ways is an error, and after an error the connection is not used again. Bodies are handed
// on in the pieces they came in, never copied. Requests are read by Node's own parser; this one meets upstreams only.
import { CHUNK_LINE_BYTES_MAX, INTERIM_RESPONSES_MAX, RESPONSE_HEAD_BYTES_MAX, TRAILER_BYTES_MAX } from '../limits.js';
import { isFieldBlock, readFields } from './h1-fields.js';

/** What the parser tells. */
export interface ResponseSink {
  onInterim(status: number, headers: string[]): void;
  onHead(status: number, message: string, headers: string[], bodyless: boolean): void;
  onData(chunk: Buffer, last: boolean): void;
  onEnd(trailers: string[]): void;
  /** 101: what follows is no longer HTTP. */
  onSwitch(message: string, headers: string[], rest: Buffer): void;
}

/** A response that is not HTTP/1.1 as it should be. */
export class ResponseSyntaxError extends Error {
  override readonly name = 'ResponseSyntaxError';
}

const HEAD = 0;
const LENGTH = 1;
const UNTIL_CLOSE = 2;
const CHUNK_SIZE = 3;
const CHUNK_DATA = 4;
const CHUNK_END = 5;
const TRAILERS = 6;
const DONE = 7;
const SWITCHED = 8;

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
const CHUNK_LINE = /^([0-9a-fA-F]{1,13})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/;
const CRLF = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const EMPTY = Buffer.alloc(0);

/** Reads the responses of one connection, one after another. `expect` before each. */
export class H1ResponseParser {
  #state = DONE;
  #left = 0;
  /** Bytes of a head, chunk line or trailers that are not complete yet. */
  #held: Buffer = EMPTY;
  /** How much of `#held` has been searched for its end. */
  #searched = 0;
  #interims = 0;
  #method = '';
  #upgrade = false;
  #keepAlive = true;
  #sawByte = false;
  readonly #sink: ResponseSink;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
  }

  /** A request with this method has been sent: its response may come. */
  expect(method: string, upgrade: boolean): void {
    this.#state = HEAD;
    this.#method = method;
    this.#upgrade = upgrade;
    this.#interims = 0;
    this.#keepAlive = true;
    this.#sawByte = false;
  }

  /** True once any byte of the expected response has come. */
  get sawByte(): boolean {
    return this.#sawByte;
  }

  /** True between responses. */
  get isDone(): boolean {
    return this.#state === DONE;
  }

  /** True when the connection may serve another request. */
  get keepAlive(): boolean {
    return this.#keepAlive;
  }

  /**
   * Takes bytes from the connection.
   *
   * @throws ResponseSyntaxError when they are not a response.
   */
  execute(chunk: Buffer): void {
    let data = chunk;
    this.#sawByte = true;
    while (data.length > 0) {
      switch (this.#state) {
        case HEAD:
          data = this.#readHead(data);
          break;
        case LENGTH:
          data = this.#readLength(data);
          break;
        case UNTIL_CLOSE:
          this.#sink.onData(data, false);
          return;
        case CHUNK_SIZE:
          data = this.#readChunkSize(data);
          break;
        case CHUNK_DATA:
          data = this.#readChunkData(data);
          break;
        case CHUNK_END:
          data = this.#readChunkEnd(data);
          break;
        case TRAILERS:
          data = this.#readTrailers(data);
          break;
        case SWITCHED:
          return;
        default:
          throw new ResponseSyntaxError('bytes that no request asked for');
      }
    }
  }

  /**
   * The connection has ended.
   *
   * @throws ResponseSyntaxError when a response is cut off by that.
   */
  finish(): void {
    if (this.#state === UNTIL_CLOSE) {
      this.#state = DONE;
      this.#sink.onEnd([]);
    } else if (this.#state !== DONE && this.#state !== SWITCHED) {
      throw new ResponseSyntaxError('the connection ended before the response did');
    }
  }

  #readHead(data: Buffer): Buffer {
    const { block, rest } = this.#until(data, HEAD_END, RESPONSE_HEAD_BYTES_MAX, 'head');
    if (block === undefined) return rest;
    if (!isFieldBlock(block)) throw new ResponseSyntaxError('a head with characters that have no place there');
    const lineEnd = block.indexOf('\r\n');
    const line = lineEnd < 0 ? block : block.slice(0, lineEnd);
    const match = STATUS_LINE.exec(line);
    if (match === null) throw new ResponseSyntaxError('a status line that is none');
    const headers = lineEnd < 0 ? [] : readFields(block, lineEnd + 2);
    if (headers === undefined) throw new ResponseSyntaxError('a header line that is none');
    return this.#takeHead(Number(match[2]), match[3] ?? '', match[1] === '1', headers, rest);
  }

  #takeHead(status: number, message: string, is11: boolean, headers: string[], rest: Buffer): Buffer {
    if (status === 101) {
      if (!this.#upgrade) throw new ResponseSyntaxError('a switch of protocols that was not asked for');
      this.#state = SWITCHED;
      this.#keepAlive = false;
      this.#sink.onSwitch(message, headers, rest);
      return EMPTY;
    }
    if (status < 200) {
      if (++this.#interims > INTERIM_RESPONSES_MAX) throw new ResponseSyntaxError('too many interim responses');
      this.#sink.onInterim(status, headers);
      return rest;
    }
    this.#frame(status, is11, headers);
    // INVARIANT: state and `keepAlive` are settled before the sink hears of it, since the sink may send the next request.
    const bodyless = this.#state === DONE;
    if (bodyless) this.#noteSurplus(rest);
    this.#sink.onHead(status, message, headers, bodyless);
    return bodyless ? EMPTY : rest;
  }

  /** How the body is delimited: RFC 9112 6.3, and stricter where that leaves a choice. */
  #frame(status: number, is11: boolean, headers: readonly string[]): void {
    let length: string | undefined;
    let encoding: string | undefined;
    let connection = '';
    for (let i = 0; i < headers.length; i += 2) {
      const name = headers[i] as string;
      if (name.length !== 14 && name.length !== 17 && name.length !== 10) continue;
      const lower = name.toLowerCase();
      const value = headers[i + 1] as string;
      if (lower === 'content-length') {
        if (length !== undefined && length !== value) throw new ResponseSyntaxError('two lengths');
        length = value;
      } else if (lower === 'transfer-encoding') {
        if (encoding !== undefined) throw new ResponseSyntaxError('two transfer encodings');
        encoding = value.toLowerCase();
      } else if (lower === 'connection') connection += `,${value.toLowerCase()}`;
    }
    const closes = /(?:^|,)\s*close\s*(?:,|$)/.test(connection);
    this.#keepAlive = is11 ? !closes : /(?:^|,)\s*keep-alive\s*(?:,|$)/.test(connection) && !closes;
    if (length !== undefined && !/^\d{1,15}$/.test(length)) throw new ResponseSyntaxError('a length that is none');
    if (encoding !== undefined) {
      if (length !== undefined || !is11 || encoding !== 'chunked') {
        throw new ResponseSyntaxError('a transfer encoding that cannot be');
      }
    }
    if (this.#method === 'HEAD' || status === 204 || status === 304) this.#state = DONE;
    else if (encoding !== undefined) this.#state = CHUNK_SIZE;
    else if (length !== undefined) {
      this.#left = Number(length);
      this.#state = this.#left === 0 ? DONE : LENGTH;
    } else {
      this.#keepAlive = false;
      this.#state = UNTIL_CLOSE;
    }
  }

  #readLength(data: Buffer): Buffer {
    if (data.length < this.#left) {
      this.#left -= data.length;
      this.#sink.onData(data, false);
      return EMPTY;
    }
    const body = data.length === this.#left ? data : data.subarray(0, this.#left);
    this.#noteSurplus(data.subarray(this.#left));
    this.#left = 0;
    this.#state = DONE;
    this.#sink.onData(body, true);
    return EMPTY;
  }

  /** Bytes after the end: this response is complete, but no other may be read from this connection. */
  #noteSurplus(rest: Buffer): void {
    if (rest.length > 0) this.#keepAlive = false;
  }

  #readChunkSize(data: Buffer): Buffer {
    const { block, rest } = this.#until(data, CRLF, CHUNK_LINE_BYTES_MAX, 'chunk line');
    if (block === undefined) return rest;
    const size = CHUNK_LINE.exec(block)?.[1];
    if (size === undefined) throw new ResponseSyntaxError('a chunk size that is none');
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left === 0 ? TRAILERS : CHUNK_DATA;
    return rest;
  }

  #readChunkData(data: Buffer): Buffer {
    const take = Math.min(data.length, this.#left);
    this.#left -= take;
    if (this.#left === 0) this.#state = CHUNK_END;
    this.#sink.onData(take === data.length ? data : data.subarray(0, take), false);
    return take === data.length ? EMPTY : data.subarray(take);
  }

  #readChunkEnd(data: Buffer): Buffer {
    const { block, rest } = this.#until(data, CRLF, 2, 'end of a chunk');
    if (block === undefined) return rest;
    if (block !== '') throw new ResponseSyntaxError('a chunk longer than it said');
    this.#state = CHUNK_SIZE;
    return rest;
  }

  #readTrailers(data: Buffer): Buffer {
    // Without trailers an empty line follows at once; with them it stands at their end.
    const joined = this.#held.length === 0 ? data : Buffer.concat([this.#held, data]);
    if (joined.length >= 2 && joined[0] === 13 && joined[1] === 10) {
      this.#hold(EMPTY, 0);
      return this.#endOfChunks([], joined.subarray(2));
    }
    if (joined.length < 2) {
      this.#hold(joined, 0);
      return EMPTY;
    }
    const { block, rest } = this.#until(data, HEAD_END, TRAILER_BYTES_MAX, 'trailers');
    if (block === undefined) return rest;
    const trailers = isFieldBlock(block) ? readFields(block, 0) : undefined;
    if (trailers === undefined) throw new ResponseSyntaxError('trailers that are none');
    return this.#endOfChunks(trailers, rest);
  }

  #endOfChunks(trailers: string[], rest: Buffer): Buffer {
    this.#state = DONE;
    this.#noteSurplus(rest);
    this.#sink.onEnd(trailers);
    return EMPTY;
  }

  #hold(bytes: Buffer, searched: number): void {
    this.#held = bytes;
    this.#searched = searched;
  }

  /** The text up to a mark, once the mark has come. */
  #until(data: Buffer, mark: Buffer, max: number, what: string): { block: string | undefined; rest: Buffer } {
    const held = this.#held;
    const bytes = held.length === 0 ? data : Buffer.concat([held, data]);
    const at = bytes.indexOf(mark, Math.max(0, this.#searched - mark.length + 1));
    if ((at < 0 ? bytes.length - mark.length : at) > max) throw new ResponseSyntaxError(`the ${what} is too long`);
    if (at < 0) {
      this.#hold(bytes, bytes.length);
      return { block: undefined, rest: EMPTY };
    }
    if (held.length > 0) this.#hold(EMPTY, 0);
    const end = at + mark.length;
    return { block: bytes.toString('latin1', 0, at), rest: end === bytes.length ? EMPTY : bytes.subarray(end) };
  }
}
