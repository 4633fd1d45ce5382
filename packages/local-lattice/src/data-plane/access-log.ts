// access-log.ts — one line of JSON for each request, with the keys of Lattice's access log, `-` for what there is not.
import type { WriteStream } from 'node:fs';
import { createWriteStream, openSync } from 'node:fs';
import { LocalLatticeError } from '../errors.js';
import type { SeenRequest } from '../model.js';
import { madeUpId, serviceArnParts, targetGroupArn } from './names.js';

const NONE = '-';
const BATCH_MS = 50;
const BATCH_CHARS = 65_536;

/** A request as Lattice logs it; undefined for one that Lattice would never have seen. */
function accessLogEntry(seen: SeenRequest): Record<string, string | number> | undefined {
  const { stack, decision, tls, question } = seen;
  const service = seen.service === undefined ? undefined : stack.services[seen.service];
  const network = seen.serviceNetwork === undefined ? undefined : stack.serviceNetworks[seen.serviceNetwork];
  if (service === undefined || network === undefined) return undefined;
  const vpc = seen.vpc === undefined ? undefined : stack.vpcs[seen.vpc];
  const group = seen.targetGroup === undefined ? undefined : stack.targetGroups[seen.targetGroup];
  const listener = seen.listener === undefined ? undefined : service.listeners[seen.listener];
  const { partition, region, accountId } = serviceArnParts(service);
  const authenticates = network.authType === 'AWS_IAM' || service.authType === 'AWS_IAM';
  const destination = group?.vpc === undefined ? undefined : stack.vpcs[group.vpc];
  const principal = question?.principal;
  const isRefused = seen.refusal !== undefined && decision?.decision !== 'allow';
  return {
    requestId: seen.id,
    startTime: seen.startTime.toISOString(),
    serviceNetworkArn: network.arn,
    serviceArn: service.arn,
    listenerId: listener === undefined ? NONE : `listener-${madeUpId('listener', service.id, listener.name)}`,
    listenerType: listener?.protocol.replace('_PASSTHROUGH', '') ?? NONE,
    targetGroupArn: group === undefined ? NONE : targetGroupArn(group, service),
    sourceVpcId: vpc?.id ?? NONE,
    sourceVpcArn: vpc ? `arn:${partition}:ec2:${region}:${vpc.accountId ?? accountId}:vpc/${vpc.id}` : NONE,
    destinationVpcId: destination?.id ?? NONE,
    sourceIpPort: `${seen.sourceAddress}:${seen.sourcePort}`,
    targetIpPort: seen.requestToTargetMs === undefined ? NONE : (seen.targetAddress ?? NONE),
    requestMethod: seen.protocol === 'TLS' ? NONE : seen.method,
    requestPath: seen.target === '' ? NONE : seen.target,
    protocol: seen.protocol,
    responseCode: seen.status ?? (seen.protocol === 'TLS' ? NONE : 0),
    hostHeader: seen.protocol === 'TLS' ? NONE : seen.host,
    userAgent: seen.userAgent ?? NONE,
    bytesReceived: seen.bytesReceived,
    bytesSent: seen.bytesSent,
    duration: Math.round(seen.durationMs),
    requestToTargetDuration: Math.round(seen.requestToTargetMs ?? 0),
    responseFromTargetDuration: Math.round(seen.responseFromTargetMs ?? 0),
    serverNameIndication: tls?.serverName ?? NONE,
    sslCipher: tls?.cipher || NONE,
    tlsVersion: tls?.version || NONE,
    resolvedUser: authenticates ? resolvedUser(seen) : NONE,
    authDeniedReason: deniedReason(seen),
    failureReason: isRefused ? 'ClientAccessDenied' : NONE,
    callerPrincipal: authenticates ? (seen.principalArn ?? NONE) : NONE,
    callerPrincipalOrgID: (typeof principal === 'object' && authenticates ? principal.orgId : undefined) ?? NONE,
    callerX509IssuerOU: NONE,
    callerX509SubjectCN: NONE,
    callerX509SANNameCN: NONE,
    callerX509SANDNS: NONE,
    callerX509SANURI: NONE,
  };
}

function resolvedUser({ principal, principalArn, signature }: SeenRequest): string {
  if (signature?.verification.kind === 'rejected') return 'Unknown';
  if (principal === 'anonymous') return 'Anonymous';
  return principalArn ?? NONE;
}

function deniedReason({ decision }: SeenRequest): string {
  if (decision?.decision !== 'deny') return NONE;
  if (decision.deniedBy === 'service') return 'Service';
  if (decision.deniedBy === 'serviceNetwork') return 'Network';
  return decision.deniedBy === undefined ? NONE : 'Identity';
}

/** Writes lines in batches. */
export interface AccessLog {
  add(seen: SeenRequest): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

/**
 * An access log to a file, appended to; `-` is stdout; a function gets one or more lines at a time.
 *
 * @throws {LocalLatticeError} `ERR_LOCAL_FILE` for a file that can't be opened
 */
export function createAccessLog(to: string | ((lines: string) => void), fail: (problem: string) => void): AccessLog {
  const file = typeof to === 'string' && to !== '-' ? openFile(to, fail) : undefined;
  const write = typeof to === 'function' ? to : (lines: string) => void (file ?? process.stdout).write(lines);
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting !== '') write(waiting);
    waiting = '';
  };
  return {
    add(seen) {
      const entry = accessLogEntry(seen);
      if (entry === undefined) return;
      waiting += `${JSON.stringify(entry)}\n`;
      if (waiting.length >= BATCH_CHARS) flush();
      else timer ??= setTimeout(flush, BATCH_MS).unref();
    },
    async close() {
      flush();
      if (file !== undefined) await new Promise<void>((resolve) => file.end(resolve));
    },
  };
}

function openFile(path: string, fail: (problem: string) => void): WriteStream {
  const problem = (cause: NodeJS.ErrnoException) => {
    const message = `the access log \`${path}\` can't be written (${cause.code ?? cause.name})`;
    return new LocalLatticeError('ERR_LOCAL_FILE', message, { cause });
  };
  let descriptor: number;
  try {
    descriptor = openSync(path, 'a', 0o600);
  } catch (cause) {
    throw problem(cause as NodeJS.ErrnoException);
  }
  const file = createWriteStream(path, { fd: descriptor });
  file.on('error', (cause) => fail(problem(cause).message));
  return file;
}
