// questions.ts — what Envoy asks in the benchmark: requests as a browser's or a service's, with twenty headers, in Envoy's published
// protocol; half of them are allowed.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import protobuf from 'protobufjs';

const require = createRequire(import.meta.url);
const published = join(dirname(require.resolve('@grpc/grpc-js-xds/package.json')), 'deps');
const folders = ['envoy-api', 'googleapis', 'protoc-gen-validate', 'xds'].map((name) => join(published, name));
folders.push(dirname(require.resolve('protobufjs/package.json')));
const root = new protobuf.Root();
root.resolvePath = (_origin, target) => folders.map((one) => join(one, target)).find(existsSync) ?? target;
root.loadSync('envoy/service/auth/v3/external_auth.proto', { keepCase: true });

export const CheckRequest = root.lookupType('envoy.service.auth.v3.CheckRequest');
export const CheckResponse = root.lookupType('envoy.service.auth.v3.CheckResponse');

const PEER = '169.254.171.9';
const SERVICE = 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0';

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly allowed: boolean;
}

/** A ring of different questions. */
export const QUESTIONS: readonly Question[] = Array.from({ length: 64 }, (_, index) => {
  const allowed = index % 2 === 0;
  const path = index % 4 === 3 ? `/admin/users/${index}` : `/orders/${index}?open=true&page=${index}`;
  const method = allowed ? 'GET' : index % 4 === 3 ? 'GET' : 'DELETE';
  return { method, path, headers: headersOf(index), allowed };
});

function headersOf(index: number): Record<string, string> {
  const others = Object.fromEntries(
    Array.from({ length: 8 }, (_, at) => [`x-context-${at}`, `value ${at} of ${index}`]),
  );
  return {
    accept: 'application/json',
    'accept-encoding': 'gzip, br',
    'user-agent': 'orders-client/4.2 (linux; x64)',
    'content-type': 'application/json',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    'x-forwarded-for': `10.0.0.9,${PEER}`,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    'x-request-id': `0af76519-16cd-43dd-8448-eb211c80${1000 + index}`,
    'x-amzn-lattice-identity':
      'Principal=arn:aws:sts::111122223333:assumed-role/web/pod-1; SessionName=pod-1; Type=AWS_IAM',
    'x-amzn-lattice-network': 'SourceVpcArn=arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d',
    'x-amzn-lattice-target': `ServiceArn=${SERVICE}; ServiceNetworkArn=arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-0123456789abcdef0`,
    ...others,
  };
}

/** A question as bytes, as Envoy encodes it with `encode_raw_headers`. */
export function encodeQuestion({ method, path, headers }: Question): Buffer {
  const host = 'orders.example.com';
  const all = { ':authority': host, ':method': method, ':path': path, ':scheme': 'http', ...headers };
  const fields = {
    attributes: {
      source: { address: { socket_address: { address: PEER, port_value: 40_000 } } },
      destination: { address: { socket_address: { address: '10.0.0.1', port_value: 8080 } } },
      request: {
        time: { seconds: 1_790_000_000 },
        http: {
          id: '1234567890',
          method,
          path,
          host,
          scheme: 'http',
          protocol: 'HTTP/1.1',
          header_map: { headers: Object.entries(all).map(([key, value]) => ({ key, raw_value: Buffer.from(value) })) },
        },
      },
      context_extensions: { 'lattice-auth.service': 'orders' },
    },
  };
  return Buffer.from(CheckRequest.encode(CheckRequest.fromObject(fields)).finish());
}

/** With gRPC's prefix. */
export function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}
