// clients-javascript.ts — npm's signers, each used as its own documentation says, in headers and in the query; and ours.
import { createLatticeFetch } from '@lattice-auth/sigv4-fetch';
import { signRequest } from '@lattice-auth/sigv4-fetch/core';
import { SignatureV4 } from '@smithy/signature-v4';
import { SignatureV4a } from '@smithy/signature-v4a';
import aws4 from 'aws4';
import { AwsClient } from 'aws4fetch';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';
import { type Answer, amzDate, type Client, payloadHeader, type Sending, Sha256, sendSigned } from './clients.js';

const ALL_FAULTS = ['date', 'hashed', 'unsaid', 'service', 'region'] as const;

function withPayload(sending: Sending): Record<string, string> {
  const value = payloadHeader(sending);
  return value === undefined ? {} : { 'x-amz-content-sha256': value };
}

const withAws4: Client = {
  name: 'aws4',
  faults: ALL_FAULTS,
  send(sending) {
    const headers: Record<string, string> = withPayload(sending);
    if (sending.date !== undefined) headers['X-Amz-Date'] = amzDate(sending.date);
    const { service, region, host, method, body, target, keys } = sending;
    const signed = aws4.sign(
      { service, region, host, method, path: target, headers, ...(body && { body }) },
      { ...keys },
    );
    return sendSigned(sending, texts(signed.headers ?? {}), signed.path);
  },
};

const withAws4Query: Client = {
  name: 'aws4, signQuery',
  faults: [...ALL_FAULTS, 'expired'],
  send(sending) {
    const { service, region, host, method, body, keys, date } = sending;
    const extra = `X-Amz-Expires=60${date === undefined ? '' : `&X-Amz-Date=${amzDate(date)}`}`;
    const path = `${sending.target}${sending.target.includes('?') ? '&' : '?'}${extra}`;
    const headers = withPayload(sending);
    const request = { service, region, host, method, path, headers, signQuery: true, ...(body && { body }) };
    const signed = aws4.sign(request, { ...keys });
    return sendSigned(sending, texts(signed.headers ?? {}), signed.path);
  },
};

function texts(headers: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** The URL of a request, to the name that is signed; connected to the port by {@link fetchVia}. */
const urlOf = ({ host, target }: Sending): string => `http://${host}${target}`;

const aws4fetchClient = (name: string, signQuery: boolean): Client => ({
  name,
  faults: signQuery ? [...ALL_FAULTS, 'expired'] : ALL_FAULTS,
  // It signs `%20` and sends `+`.
  cannot: signQuery ? ['a space in the query'] : [],
  async send(sending) {
    const { keys, service, region, method, body, date } = sending;
    const client = new AwsClient({ ...keys, sessionToken: keys.sessionToken ?? '', service, region, retries: 0 });
    const aws = { signQuery, ...(date && { datetime: amzDate(date) }) };
    const init = { method, headers: withPayload(sending), aws, ...(body !== undefined && { body }) };
    const url = urlOf(sending);
    const expires = `${url}${url.includes('?') ? '&' : '?'}X-Amz-Expires=60`;
    // It signs a Request, which Node's `fetch` would send to the name itself: here the connection goes to the port.
    const signed = await client.sign(signQuery ? expires : url, init);
    const { pathname, search } = new URL(signed.url);
    return sendSigned(sending, Object.fromEntries(signed.headers), pathname + search);
  },
});

function smithyRequest(sending: Sending) {
  const [path = '', query = ''] = sending.target.split('?');
  const bag: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = bag[name];
    bag[name] = before === undefined ? value : [before, value].flat();
  }
  const headers = { host: sending.host, ...withPayload(sending) };
  const { method, host, body } = sending;
  return { method, protocol: 'http:', hostname: host, path, query: bag, headers, body };
}

const smithySettings = ({ keys, region, service }: Sending) => ({
  credentials: keys.sessionToken === undefined ? { ...keys, sessionToken: undefined } : keys,
  region,
  service,
  sha256: Sha256,
  applyChecksum: false,
});

// Its types ask for what a caller without `sessionToken: undefined` would give; at run time both are the same.
type SmithySettings = ConstructorParameters<typeof SignatureV4>[0];

const smithyClient = (name: string, Signer: typeof SignatureV4 | typeof SignatureV4a): Client => ({
  name,
  faults: ALL_FAULTS,
  async send(sending) {
    const signer = new Signer(smithySettings(sending) as SmithySettings);
    const options = sending.date === undefined ? {} : { signingDate: sending.date };
    const signed = (await signer.sign(smithyRequest(sending), options)) as { headers: Record<string, string> };
    return sendSigned(sending, signed.headers);
  },
});

const smithyPresign: Client = {
  name: '@smithy/signature-v4, presign',
  faults: [...ALL_FAULTS, 'expired'],
  async send(sending) {
    const signer = new SignatureV4(smithySettings(sending) as SmithySettings);
    const options = { expiresIn: 60, unhoistableHeaders: new Set(['x-amz-content-sha256']) };
    const signed = await signer.presign(smithyRequest(sending), {
      ...options,
      ...(sending.date && { signingDate: sending.date }),
    });
    const query = Object.entries(signed.query ?? {}).flatMap(([key, value]) =>
      [value].flat().map((one) => `${encode(key)}=${encode(one ?? '')}`),
    );
    return sendSigned(sending, signed.headers, `${signed.path}?${query.join('&')}`);
  },
};

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** A `fetch` whose connections all go to one port of this machine, whatever the URL says. */
function fetchVia(port: number): { fetch: typeof fetch; close: () => Promise<void> } {
  const connect = buildConnector({});
  const dispatcher = new Agent({
    connect: (options, callback) =>
      connect({ ...options, hostname: '127.0.0.1', host: '127.0.0.1', port: String(port) }, callback),
  });
  const send = (input: unknown, init: unknown) =>
    undiciFetch(input as string, { ...(init as object), dispatcher }) as unknown as Promise<Response>;
  return { fetch: send as typeof fetch, close: () => dispatcher.destroy() };
}

const ourFetch: Client = {
  name: 'createLatticeFetch',
  faults: ['region'],
  async send(sending) {
    const { keys, region, method, body, port } = sending;
    const via = fetchVia(port);
    const options = { credentials: keys, region, fetch: via.fetch, retry: false, allowInsecureHttp: true } as const;
    const client = createLatticeFetch(options);
    try {
      const response = await client(urlOf(sending), { method, ...(body !== undefined && { body }) });
      return { status: response.status, text: await response.text() };
    } finally {
      await via.close();
    }
  },
};

const ourCore = (
  name: string,
  placement: 'header' | 'query',
  algorithm: 'AWS4-HMAC-SHA256' | 'AWS4-ECDSA-P256-SHA256',
) => {
  const client: Client = {
    name,
    faults: placement === 'query' ? ['region', 'date', 'expired'] : ['service', 'region', 'date'],
    send(sending): Promise<Answer> {
      const { method, target, host, keys, region, service, date = new Date() } = sending;
      const signed = signRequest(
        { method, target, headers: [['host', host]] },
        {
          credentials: keys,
          region,
          service,
          date,
          placement,
          algorithm,
          ...(placement === 'query' && { expiresSeconds: 60 }),
        },
      );
      return sendSigned(sending, Object.fromEntries(signed.headers), signed.target);
    },
  };
  return client;
};

/** All of them. */
export const JAVASCRIPT_CLIENTS: readonly Client[] = [
  aws4fetchClient('aws4fetch', false),
  aws4fetchClient('aws4fetch, signQuery', true),
  withAws4,
  withAws4Query,
  smithyClient('@smithy/signature-v4', SignatureV4),
  smithyPresign,
  smithyClient('@smithy/signature-v4a', SignatureV4a),
  ourFetch,
  ourCore('signRequest', 'header', 'AWS4-HMAC-SHA256'),
  ourCore('signRequest, placement: query', 'query', 'AWS4-HMAC-SHA256'),
  ourCore('signRequest, SigV4A', 'header', 'AWS4-ECDSA-P256-SHA256'),
];
