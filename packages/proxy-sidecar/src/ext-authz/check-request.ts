// check-request.ts: envoy.service.auth.v3.CheckRequest: what Envoy tells of a request that it holds. Read are the fields that
// a decision is made from; the numbers are those of Envoy's published protocol, and a test compares them with it.
import { bytesTag, MalformedMessage, ProtobufReader, varintTag } from './protobuf-reader.js';

/** Who is at one end of Envoy's connection. */
interface CheckedPeer {
  /** IP address; '' when it is none, or not known. */
  readonly address: string;
  readonly port: number;
  /** From the certificate that Envoy has verified: a URI, a DNS name, or the subject. */
  readonly principal: string;
}

/** The request that Envoy holds. */
interface CheckedHttp {
  readonly id: string;
  readonly method: string;
  /** Path and query, never decoded. */
  readonly path: string;
  readonly host: string;
  /** `HTTP/1.1`, `HTTP/2`… */
  readonly protocol: string;
  readonly size: number;
  /** Flat, lower-case names; those of HTTP/2 that begin with `:` among them. */
  readonly headers: readonly string[];
}

/** A question of Envoy's. */
export interface CheckRequest {
  readonly source: CheckedPeer;
  /** Undefined: not about an HTTP request. */
  readonly http: CheckedHttp | undefined;
  /** What Envoy's configuration says about the route. */
  readonly extensions: ReadonlyMap<string, string>;
}

/** What is more than one would read. */
export interface CheckLimits {
  readonly headerCount: number;
}

const EXTENSIONS_MAX = 64;

type Building<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The question; undefined when the bytes are none, or it is too much. */
export function readCheckRequest(bytes: Buffer, limits: CheckLimits): CheckRequest | undefined {
  try {
    const question = new Question(limits);
    question.read(new ProtobufReader(bytes));
    return question.whole();
  } catch (error) {
    if (error instanceof MalformedMessage) return undefined;
    throw error;
  }
}

// SPEC: protobuf: a message that comes twice is one with the fields of both; of a single value the last one counts.
class Question {
  readonly #limits: CheckLimits;
  readonly #source: Building<CheckedPeer> = { address: '', port: 0, principal: '' };
  readonly #http = { id: '', method: '', path: '', host: '', protocol: '', size: 0 };
  readonly #extensions = new Map<string, string>();
  readonly #headers = new Map<string, string>();
  readonly #rawHeaders: string[] = [];
  #hasHttp = false;

  constructor(limits: CheckLimits) {
    this.#limits = limits;
  }

  whole(): CheckRequest {
    return { source: this.#source, http: this.#hasHttp ? this.#httpWhole() : undefined, extensions: this.#extensions };
  }

  #httpWhole(): CheckedHttp {
    // Envoy sends one of the two. Were there both, which of them it means would be a guess.
    if (this.#headers.size > 0 && this.#rawHeaders.length > 0) throw new MalformedMessage('headers twice');
    const headers = this.#headers.size > 0 ? [...this.#headers].flat() : this.#rawHeaders;
    return { ...this.#http, headers };
  }

  read(reader: ProtobufReader): void {
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) this.#readAttributes(reader.message());
      else reader.skip(tag);
    }
  }

  #readAttributes(reader: ProtobufReader): void {
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) this.#readPeer(reader.message());
      else if (tag === bytesTag(4)) this.#readRequest(reader.message());
      else if (tag === bytesTag(10)) this.#readExtension(reader.message());
      else reader.skip(tag);
    }
  }

  #readPeer(reader: ProtobufReader): void {
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) this.#readAddress(reader.message());
      else if (tag === bytesTag(4)) this.#source.principal = reader.text();
      else reader.skip(tag);
    }
  }

  #readAddress(reader: ProtobufReader): void {
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) this.#readSocketAddress(reader.message());
      else if (tag === bytesTag(2) || tag === bytesTag(3)) {
        // A pipe or an internal listener, in the place of what was said before.
        Object.assign(this.#source, { address: '', port: 0 });
        reader.skip(tag);
      } else reader.skip(tag);
    }
  }

  #readSocketAddress(reader: ProtobufReader): void {
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(2)) this.#source.address = reader.text();
      else if (tag === varintTag(3)) this.#source.port = reader.number();
      else reader.skip(tag);
    }
  }

  #readRequest(reader: ProtobufReader): void {
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(2)) this.#readHttp(reader.message());
      else reader.skip(tag);
    }
  }

  #readHttp(reader: ProtobufReader): void {
    this.#hasHttp = true;
    const http = this.#http;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) http.id = reader.httpText();
      else if (tag === bytesTag(2)) http.method = reader.httpText();
      else if (tag === bytesTag(3)) this.#readHeader(reader.message());
      else if (tag === bytesTag(4)) http.path = reader.httpText();
      else if (tag === bytesTag(5)) http.host = reader.httpText();
      else if (tag === varintTag(9)) http.size = reader.number();
      else if (tag === bytesTag(10)) http.protocol = reader.httpText();
      else if (tag === bytesTag(13)) this.#readHeaderMap(reader.message());
      else reader.skip(tag);
    }
  }

  #readHeader(reader: ProtobufReader): void {
    let name = '';
    let value = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) name = reader.httpText();
      else if (tag === bytesTag(2)) value = reader.httpText();
      else reader.skip(tag);
    }
    this.#headers.set(name.toLowerCase(), value);
    if (this.#headers.size > this.#limits.headerCount) throw new MalformedMessage('too many headers');
  }

  #readHeaderMap(reader: ProtobufReader): void {
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) this.#readRawHeader(reader.message());
      else reader.skip(tag);
    }
  }

  #readRawHeader(reader: ProtobufReader): void {
    let name = '';
    let value = '';
    let rawValue = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) name = reader.httpText();
      else if (tag === bytesTag(2)) value = reader.httpText();
      else if (tag === bytesTag(3)) rawValue = reader.httpBytes();
      else reader.skip(tag);
    }
    if (value !== '' && rawValue !== '') throw new MalformedMessage('a header with two values');
    this.#rawHeaders.push(name.toLowerCase(), rawValue === '' ? value : rawValue);
    if (this.#rawHeaders.length > this.#limits.headerCount * 2) throw new MalformedMessage('too many headers');
  }

  #readExtension(reader: ProtobufReader): void {
    let key = '';
    let value = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
      if (tag === bytesTag(1)) key = reader.text();
      else if (tag === bytesTag(2)) value = reader.text();
      else reader.skip(tag);
    }
    this.#extensions.set(key, value);
    if (this.#extensions.size > EXTENSIONS_MAX) throw new MalformedMessage('too many context extensions');
  }
}
