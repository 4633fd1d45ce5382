// envoy-protocol.ts: Envoy's own protocol, from the .proto files that gRPC publishes with its client of Envoy's control plane, read
// by protobufjs: what our codec is compared with, and what a real gRPC client speaks in the tests.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type ChannelCredentials, Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

const require = createRequire(import.meta.url);
const published = join(dirname(require.resolve('@grpc/grpc-js-xds/package.json')), 'deps');
const folders = [
  ...['envoy-api', 'googleapis', 'protoc-gen-validate', 'xds'].map((name) => join(published, name)),
  dirname(require.resolve('protobufjs/package.json')),
];

/** All messages that these files, and those they import, define. */
export function loadProtocol(files: readonly string[]): protobuf.Root {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => folders.map((one) => join(one, target)).find(existsSync) ?? target;
  root.loadSync([...files], { keepCase: true });
  root.resolveAll();
  return root;
}

const root = loadProtocol(['envoy/service/auth/v3/external_auth.proto']);
export const CheckRequestType = root.lookupType('envoy.service.auth.v3.CheckRequest');
const CheckResponseType = root.lookupType('envoy.service.auth.v3.CheckResponse');

const health = protobuf.parse(`
  syntax = "proto3";
  package grpc.health.v1;
  message HealthCheckRequest { string service = 1; }
  message HealthCheckResponse { int32 status = 1; }
`).root;
const HealthRequestType = health.lookupType('grpc.health.v1.HealthCheckRequest');
const HealthResponseType = health.lookupType('grpc.health.v1.HealthCheckResponse');

/** A CheckResponse as tests read it. */
export interface CheckResponseObject {
  readonly status?: { readonly code?: number };
  readonly denied_response?: {
    readonly status?: { readonly code?: string };
    readonly headers?: readonly HeaderOption[];
    readonly body?: string;
  };
  readonly ok_response?: {
    readonly headers?: readonly HeaderOption[];
    readonly headers_to_remove?: readonly string[];
  };
  /** The Struct as what it stands for. */
  readonly dynamic_metadata: Record<string, unknown>;
}

interface HeaderOption {
  readonly header: { readonly key: string; readonly value?: string };
  readonly append_action?: string;
}

/** The bytes of a CheckRequest, from its fields as the protocol names them. */
export function encodeCheckRequest(fields: object): Buffer {
  const problem = CheckRequestType.verify(fields);
  if (problem !== null) throw new Error(problem);
  return Buffer.from(CheckRequestType.encode(CheckRequestType.fromObject(fields)).finish());
}

export function decodeCheckResponse(bytes: Uint8Array): CheckResponseObject {
  const message = CheckResponseType.decode(bytes);
  const object = CheckResponseType.toObject(message, { enums: String, longs: Number });
  return {
    ...object,
    dynamic_metadata: structValue({ structValue: object.dynamic_metadata }) as Record<string, unknown>,
  };
}

/** What a google.protobuf.Value stands for; protobufjs has this type of its own, in camel case. */
function structValue(value: Record<string, unknown>): unknown {
  const { structValue: struct, listValue: list } = value as {
    structValue?: { fields?: Record<string, Record<string, unknown>> };
    listValue?: { values?: Record<string, unknown>[] };
  };
  if (struct !== undefined) {
    return Object.fromEntries(Object.entries(struct.fields ?? {}).map(([key, one]) => [key, structValue(one)]));
  }
  if (list !== undefined) return (list.values ?? []).map(structValue);
  const { nullValue, numberValue, stringValue, boolValue } = value;
  return nullValue !== undefined ? null : (numberValue ?? stringValue ?? boolValue);
}

/** A request as Envoy describes it. */
export interface EnvoyRequest {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As with `encode_raw_headers`: in order, repeated, any bytes. */
  readonly rawHeaders?: readonly (readonly [name: string, value: string | Buffer])[];
  readonly peer?: string;
  readonly principal?: string;
  readonly extensions?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The fields of Envoy's question about a request. */
export function checkRequestFields(request: EnvoyRequest): object {
  const { method = 'GET', path = '/orders/7', host = 'orders.example.com', peer = '10.1.2.3', body = '' } = request;
  const pseudo = { ':authority': host, ':method': method, ':path': path, ':scheme': 'https' };
  const list = (request.rawHeaders ?? []).map(([key, value]) => {
    return typeof value === 'string' ? { key, raw_value: Buffer.from(value, 'latin1') } : { key, raw_value: value };
  });
  const raw = Object.entries(pseudo).map(([key, value]) => ({ key, raw_value: Buffer.from(value, 'latin1') }));
  const headers =
    request.rawHeaders === undefined
      ? { headers: { ...pseudo, 'x-request-id': 'req-1', ...request.headers } }
      : { header_map: { headers: [...raw, ...list] } };
  return {
    attributes: {
      source: {
        address: { socket_address: { address: peer, port_value: 40_000 } },
        principal: request.principal ?? '',
      },
      destination: { address: { socket_address: { address: '10.0.0.1', port_value: 8443 } } },
      request: {
        time: { seconds: 1_790_000_000, nanos: 5 },
        http: {
          id: '1234567890',
          method,
          path,
          host,
          scheme: 'https',
          protocol: 'HTTP/2',
          size: body.length,
          body,
          ...headers,
        },
      },
      context_extensions: request.extensions ?? {},
      metadata_context: { filter_metadata: { some: { fields: { key: { stringValue: 'value' } } } } },
      tls_session: { sni: host },
    },
  };
}

export const encodeRequest = (request: EnvoyRequest) => encodeCheckRequest(checkRequestFields(request));

/** A gRPC client as Envoy's is one. */
export class AuthorizationClient {
  readonly #client: Client;

  constructor(port: number, security: ChannelCredentials = credentials.createInsecure(), options: object = {}) {
    this.#client = new Client(`127.0.0.1:${port}`, security, options);
  }

  check(request: EnvoyRequest): Promise<CheckResponseObject> {
    return this.#call('/envoy.service.auth.v3.Authorization/Check', encodeRequest(request), decodeCheckResponse);
  }

  /** Any bytes to any method. */
  call(path: string, message: Buffer): Promise<Buffer> {
    return this.#call(path, message, (bytes) => bytes);
  }

  async health(service: string): Promise<number> {
    const bytes = Buffer.from(HealthRequestType.encode(HealthRequestType.fromObject({ service })).finish());
    return this.#call('/grpc.health.v1.Health/Check', bytes, (answer) => {
      return (HealthResponseType.toObject(HealthResponseType.decode(answer)) as { status: number }).status;
    });
  }

  #call<Answer>(path: string, message: Buffer, decode: (bytes: Buffer) => Answer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const done = (error: ServiceError | null, answer?: Answer) => {
        if (error !== null) reject(error);
        else if (answer === undefined) reject(new Error('no answer'));
        else resolve(answer);
      };
      const options = { deadline: Date.now() + 5_000 };
      this.#client.makeUnaryRequest(path, (bytes: Buffer) => bytes, decode, message, new Metadata(), options, done);
    });
  }

  close(): void {
    this.#client.close();
  }
}
