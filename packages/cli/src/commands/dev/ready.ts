// ready.ts: what `dev` says once it is ready: what is where, and what to type. Each line that begins with `curl` or `export`
// works by itself, in any shell.
import type { LocalLattice } from '@lattice-auth/local-lattice';
import type { Service, Stack } from '@lattice-auth/stack';
import type { Colors, Io } from '../../io.js';
import { shownPath } from '../../shown-path.js';

/** What is where, for programs. */
export interface Ready {
  readonly stackFile: string;
  readonly httpUrl: string;
  readonly httpsUrl: string | null;
  readonly controlUrl: string;
  readonly stsUrl: string;
  readonly caFile: string;
  /** The header that names a VPC, if the stack has one. */
  readonly vpcHeader: string | null;
  readonly services: readonly ReadyService[];
  readonly vpcs: readonly ReadyVpc[];
  readonly principals: readonly ReadyPrincipal[];
}

interface ReadyService {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly url: string;
  /** Its custom domain, if it has one, and Lattice's name. */
  readonly hosts: readonly string[];
  readonly listeners: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
  /** To be typed. */
  readonly curl: string;
}

interface ReadyVpc {
  readonly name: string;
  readonly id: string;
  readonly address: string;
  readonly port: number | null;
}

interface ReadyPrincipal {
  readonly name: string;
  readonly arn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For AWS_CONTAINER_CREDENTIALS_FULL_URI. */
  readonly credentialsUrl: string;
}

/** Gathers it. */
export function describeReady(lattice: LocalLattice, caFile: string): Ready {
  const { stack, controlUrl } = lattice;
  return {
    stackFile: stack.file,
    httpUrl: lattice.httpUrl,
    httpsUrl: lattice.httpsUrl ?? null,
    controlUrl,
    stsUrl: `${controlUrl}/sts`,
    caFile,
    vpcHeader: stack.local.vpcHeader ?? null,
    services: Object.values(stack.services).map((service) => describeService(lattice, service, caFile)),
    vpcs: [...lattice.vpcAddresses].map(([name, address]) => ({
      name,
      id: stack.vpcs[name]?.id ?? '',
      address,
      port: stack.local.vpcs[name]?.port ?? null,
    })),
    principals: Object.values(stack.principals).map(({ name, principal }) => {
      const { accessKeyId, secretAccessKey } = lattice.credentialsOf(name);
      const credentialsUrl = `${controlUrl}/credentials/${encodeURIComponent(name)}`;
      return { name, arn: principal.arn, accessKeyId, secretAccessKey, credentialsUrl };
    }),
  };
}

function describeService(lattice: LocalLattice, service: Service, caFile: string): ReadyService {
  return {
    name: service.name,
    arn: service.arn,
    region: service.arn.split(':')[3] ?? '',
    url: lattice.urlOf(service.name),
    hosts: lattice.hostsOf(service.name),
    listeners: Object.values(service.listeners).map(({ name, protocol, port }) => ({ name, protocol, port })),
    curl: curlLine(lattice, service, caFile),
  };
}

function curlLine(lattice: LocalLattice, service: Service, caFile: string): string {
  const url = lattice.urlOf(service.name);
  const isTls = url.startsWith('https:');
  const to = new URL((isTls ? lattice.httpsUrl : lattice.httpUrl) ?? lattice.httpUrl).host;
  const flags = isTls ? [trustFlag(service, caFile)] : [];
  return ['curl', ...flags, `--connect-to ::${to}`, `${url}${firstPath(service)}`].join(' ');
}

/** What passes through shows the certificate of its target. */
function trustFlag({ listeners }: Service, caFile: string): string {
  const all = Object.values(listeners);
  const passes = all.length > 0 && all.every(({ protocol }) => protocol === 'TLS_PASSTHROUGH');
  return passes ? '--insecure' : `--cacert ${quoted(caFile)}`;
}

function quoted(text: string): string {
  return /^[\w/.:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A path that a rule speaks of, so that the first try finds something. */
function firstPath(service: Service): string {
  const rules = Object.values(service.listeners).flatMap((listener) => listener.rules);
  const plain = rules
    .map(({ match }) => match.path?.text)
    .find((text) => text !== undefined && /^[\w/.-]+$/.test(text));
  return plain ?? '/';
}

/** The same for people. */
export function readyText(io: Io, stack: Stack, ready: Ready, colors: Colors): string {
  const lines = [
    `${colors.bold('ready')}: ${shownPath(io, ready.stackFile)}`,
    `  HTTP   ${ready.httpUrl}    also as HTTP_PROXY and HTTPS_PROXY`,
    ...(ready.httpsUrl === null ? [] : [`  HTTPS  ${ready.httpsUrl}   CA: ${shownPath(io, ready.caFile)}`]),
    `  page   ${ready.controlUrl}/`,
    `  STS    ${ready.stsUrl}`,
    '',
    colors.bold('services'),
    ...ready.services.map(({ curl }) => `  ${curl}`),
    ...vpcLines(ready, colors),
    ...signingLines(stack, ready, colors),
  ];
  return `${lines.join('\n')}\n`;
}

function vpcLines({ vpcs, services, vpcHeader }: Ready, colors: Colors): string[] {
  const [service] = services;
  if (vpcs.length === 0 || service === undefined) return [];
  const arguments_ = service.curl.slice('curl '.length);
  const shown = vpcs.map(({ name, address, port }) => {
    const alsoBy = port === null ? '' : `, or on port ${port}`;
    return `  ${name} (${address}${alsoBy})\n  curl --interface ${address} ${arguments_}`;
  });
  const header = vpcHeader === null ? '' : `, or named by the header ${vpcHeader}`;
  return ['', `${colors.bold('from a VPC')} by its address${header}; else from that of the caller`, ...shown];
}

function signingLines(stack: Stack, { principals, services, stsUrl }: Ready, colors: Colors): string[] {
  const [first] = principals;
  const service = services.find(({ name }) => trustFlag(stack.services[name] as Service, '') !== '--insecure');
  if (first === undefined || service === undefined) return [];
  const { accessKeyId, secretAccessKey, credentialsUrl } = first;
  const { region, curl } = service;
  const sign = `--aws-sigv4 aws:amz:${region}:vpc-lattice-svcs -H x-amz-content-sha256:UNSIGNED-PAYLOAD`;
  return [
    '',
    `${colors.bold(`as ${first.name}`)} (--json has the others)`,
    `  curl ${sign} --user ${quoted(`${accessKeyId}:${secretAccessKey}`)} ${curl.slice('curl '.length)}`,
    `  export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${quoted(secretAccessKey)} AWS_REGION=${region}`,
    `  export AWS_CONTAINER_CREDENTIALS_FULL_URI=${quoted(credentialsUrl)} AWS_ENDPOINT_URL_STS=${stsUrl} AWS_REGION=${region}`,
  ];
}
