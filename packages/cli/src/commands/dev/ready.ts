// ready.ts: what `dev` says once it is ready: what is where, and what to type.
import { join } from 'node:path';
import type { LocalLattice } from '@lattice-auth/local-lattice';
import type { Service } from '@lattice-auth/stack';
import type { Colors, Io } from '../../io.js';
import { shownPath } from '../../shown-path.js';
import type { DevFlags } from './command.js';

/** What is where, for programs. */
export interface Ready {
  readonly httpUrl: string;
  readonly httpsUrl: string | null;
  readonly controlUrl: string;
  readonly caFile: string | null;
  readonly services: readonly { readonly name: string; readonly url: string }[];
  readonly vpcs: readonly { readonly name: string; readonly address: string; readonly port: number | null }[];
  readonly principals: readonly {
    readonly name: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  }[];
}

/** Gathers it. */
export function describeReady(lattice: LocalLattice, { caDir }: DevFlags): Ready {
  const { stack } = lattice;
  // The file is written when the CA is first needed.
  const caFile = caDir === undefined || lattice.ca === '' ? null : join(caDir, 'ca.pem');
  return {
    httpUrl: lattice.httpUrl,
    httpsUrl: lattice.httpsUrl ?? null,
    controlUrl: lattice.controlUrl,
    caFile,
    services: Object.keys(stack.services).map((name) => ({ name, url: lattice.urlOf(name) })),
    vpcs: [...lattice.vpcAddresses].map(([name, address]) => ({
      name,
      address,
      port: stack.local.vpcs[name]?.port ?? null,
    })),
    principals: Object.keys(stack.principals).map((name) => {
      const { accessKeyId, secretAccessKey } = lattice.credentialsOf(name);
      return { name, accessKeyId, secretAccessKey };
    }),
  };
}

/** The same for people. */
export function readyText(io: Io, lattice: LocalLattice, ready: Ready, colors: Colors): string {
  const { stack } = lattice;
  const lines = [
    `${colors.bold('ready')}: ${shownPath(io, stack.file)}`,
    `  HTTP   ${ready.httpUrl}    also as HTTP_PROXY and HTTPS_PROXY`,
    ...(ready.httpsUrl === null
      ? []
      : [`  HTTPS  ${ready.httpsUrl}   CA: ${ready.caFile ?? `${ready.controlUrl}/ca.pem`}`]),
    `  page   ${ready.controlUrl}/`,
    '',
    colors.bold('services'),
    ...Object.values(stack.services).map((service) => `  ${curlLine(lattice, ready, service)}`),
    ...vpcLines(ready, colors),
    ...signingLines(lattice, ready, colors),
  ];
  return `${lines.join('\n')}\n`;
}

function curlLine(lattice: LocalLattice, ready: Ready, service: Service): string {
  const url = lattice.urlOf(service.name);
  const isTls = url.startsWith('https:');
  const to = new URL((isTls ? ready.httpsUrl : ready.httpUrl) ?? ready.httpUrl).host;
  const ca = ready.caFile ?? `<(curl -s ${ready.controlUrl}/ca.pem)`;
  return `curl ${isTls ? `--cacert ${ca} ` : ''}--connect-to ::${to} ${url}${firstPath(service)}`;
}

/** A path that a rule speaks of, so that the first try finds something. */
function firstPath(service: Service): string {
  const rules = Object.values(service.listeners).flatMap((listener) => listener.rules);
  const plain = rules
    .map(({ match }) => match.path?.text)
    .find((text) => text !== undefined && /^[\w/.-]+$/.test(text));
  return plain ?? '/';
}

function vpcLines({ vpcs }: Ready, colors: Colors): string[] {
  if (vpcs.length === 0) return [];
  const shown = vpcs.map(({ name, address, port }) => {
    return `  ${name}: curl --interface ${address} …${port === null ? '' : `, or port ${port}`}`;
  });
  return ['', `${colors.bold('from a VPC')} (else from that of the caller)`, ...shown];
}

function signingLines(lattice: LocalLattice, { principals }: Ready, colors: Colors): string[] {
  const [first] = principals;
  if (first === undefined) return [];
  const [service] = Object.values(lattice.stack.services);
  const region = service?.arn.split(':')[3] ?? '';
  const { accessKeyId, secretAccessKey } = first;
  return [
    '',
    `${colors.bold(`as ${first.name}`)} (--json has the others)`,
    `  export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey} AWS_REGION=${region}`,
    `  curl --aws-sigv4 aws:amz:${region}:vpc-lattice-svcs -u "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H x-amz-content-sha256:UNSIGNED-PAYLOAD …`,
  ];
}
