// credential-endpoints.ts — loopback stand-ins of the services that hand out credentials: STS (web identity), the EKS Pod
// Identity agent and the ECS endpoint, the instance metadata service (IMDSv2 only), and IAM Identity Center's portal.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer, listen } from './lattice-server.js';

export interface Issued {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface CredentialEndpoints {
  readonly origin: string;
  /** What each request asked for, oldest first. */
  readonly asked: { method: string; target: string; headers: IncomingMessage['headers']; body: string }[];
  /** Every set handed out, oldest first. */
  readonly issued: Issued[];
  lifeMs: number;
  failing: boolean;
  close(): Promise<void>;
}

export async function startCredentialEndpoints(onIssue: (issued: Issued) => void): Promise<CredentialEndpoints> {
  const issue = (): Issued => {
    const n = self.issued.length + 1;
    const set = {
      accessKeyId: `ASIAISSUED${String(n).padStart(10, '0')}`,
      secretAccessKey: `secret-${n}`,
      sessionToken: `token-${n}`,
      // Whole seconds, as the services write them.
      expiration: new Date(Math.ceil((Date.now() + self.lifeMs) / 1000) * 1000),
    };
    self.issued.push(set);
    onIssue(set);
    return set;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { method = '', url = '', headers } = request;
      self.asked.push({ method, target: url, headers, body });
      if (self.failing) response.writeHead(500).end();
      else answer(method, url, headers, response, issue);
    });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  const self: CredentialEndpoints = {
    origin: `http://127.0.0.1:${port}`,
    asked: [],
    issued: [],
    lifeMs: 3_600_000,
    failing: false,
    close: () => closeServer(server),
  };
  return self;
}

const IMDS = '/latest/meta-data/iam/security-credentials/';

function answer(
  method: string,
  target: string,
  headers: IncomingMessage['headers'],
  response: ServerResponse,
  issue: () => Issued,
): void {
  const json = (value: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (method === 'POST' && target === '/') {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(stsAnswer(issue()));
  } else if (target.startsWith('/container')) {
    if (headers.authorization === 'pod-token') json(containerAnswer(issue()));
    else response.writeHead(401).end();
  } else if (method === 'PUT' && target === '/latest/api/token') {
    response.writeHead(200, { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' }).end('imds-token');
  } else if (target.startsWith(IMDS)) {
    if (headers['x-aws-ec2-metadata-token'] !== 'imds-token') response.writeHead(401).end();
    else if (target === IMDS) response.writeHead(200).end('app-role');
    else
      json({ Code: 'Success', Type: 'AWS-HMAC', LastUpdated: new Date().toISOString(), ...containerAnswer(issue()) });
  } else if (target.startsWith('/federation/credentials') && headers['x-amz-sso_bearer_token'] === 'sso-token') {
    const { expiration, ...set } = issue();
    json({ roleCredentials: { ...set, expiration: expiration.getTime() } });
  } else {
    response.writeHead(404).end();
  }
}

function containerAnswer({ accessKeyId, secretAccessKey, sessionToken, expiration }: Issued) {
  const Expiration = expiration.toISOString();
  return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken, Expiration };
}

function stsAnswer({ accessKeyId, secretAccessKey, sessionToken, expiration }: Issued): string {
  return `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <SubjectFromWebIdentityToken>system:serviceaccount:shop:orders</SubjectFromWebIdentityToken>
    <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/app/pod</Arn><AssumedRoleId>AROA:pod</AssumedRoleId></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>
      <SessionToken>${sessionToken}</SessionToken><Expiration>${expiration.toISOString()}</Expiration>
    </Credentials>
  </AssumeRoleWithWebIdentityResult>
  <ResponseMetadata><RequestId>request</RequestId></ResponseMetadata>
</AssumeRoleWithWebIdentityResponse>`;
}
