// What the reference evaluator derives: a caller's ARN read apart, the keys of a caller (KEY-5 to KEY-8), and the
// question that a Lattice request asks (LATTICE-ACTION to LATTICE-GLOBAL).
import {
  type Caller,
  type Json,
  type LatticeDocuments,
  type LatticeQuestion,
  QueryValues,
  type Question,
  UNDECIDED,
} from './question.js';

/** `arn:P:service::account:kind/…/name`; the whole of a service principal is its name. */
export function readArn(arn: string) {
  const [, partition = '', , , account = '', ...resource] = arn.split(':');
  const [kind = '', ...path] = arn.startsWith('arn:') ? resource.join(':').split('/') : ['service', arn];
  return { partition, account, kind, path, name: path.at(-1) ?? '' };
}

/** A role whose session is named is that session. */
export function asSession(caller: Caller): Caller {
  const { partition, account, kind, name } = readArn(caller.arn);
  if (kind !== 'role' || caller.sessionName === undefined) return caller;
  return {
    ...caller,
    arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${caller.sessionName}`,
    roleArn: caller.arn,
  };
}

const TYPES: Record<string, string> = {
  root: 'Account',
  user: 'User',
  'federated-user': 'FederatedUser',
  role: 'AssumedRole',
  'assumed-role': 'AssumedRole',
};

export function principalKeys(given: Caller | 'anonymous'): Json {
  if (given === 'anonymous') {
    return { 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous', 'aws:PrincipalAccount': 'anonymous' };
  }
  const caller = asSession(given);
  const { partition, account, kind, path, name } = readArn(caller.arn);
  const { uniqueId } = caller;
  const userIds: Json = {
    root: account,
    user: uniqueId,
    'federated-user': `${account}:${name}`,
    role: uniqueId?.includes(':') ? uniqueId : UNDECIDED,
    'assumed-role': uniqueId === undefined || uniqueId.includes(':') ? uniqueId : `${uniqueId}:${name}`,
  };
  const roleArn = caller.roleArn ?? `arn:${partition}:iam::${account}:role/${path[0]}`;
  return {
    ...Object.fromEntries(Object.entries(caller.tags ?? {}).map(([key, tag]) => [`aws:PrincipalTag/${key}`, tag])),
    'aws:PrincipalArn': kind === 'assumed-role' ? roleArn : kind === 'service' ? undefined : caller.arn,
    'aws:PrincipalAccount': account === '' ? undefined : account,
    'aws:PrincipalType': TYPES[kind],
    'aws:userid': userIds[kind],
    'aws:username': kind === 'user' ? name : undefined,
    'aws:PrincipalOrgID': caller.orgId,
    'aws:PrincipalOrgPaths': caller.orgPaths,
  };
}

export function latticeQuestion({ service, serviceNetwork }: LatticeDocuments, request: LatticeQuestion): Question {
  const tls = request.protocol === 'tls';
  const grpc = request.protocol === 'grpc';
  const [path = '', queryInPath] = cut(request.path ?? '/', '?');
  const invoke = {
    'vpc-lattice-svcs:RequestMethod': grpc ? 'POST' : request.method,
    'vpc-lattice-svcs:RequestPath': path,
    ...headerKeys(request.headers ?? {}),
    ...(grpc ? {} : queryKeys(request.query ?? queryInPath ?? '')),
  };
  const tags = Object.entries(service.tags ?? {}).map(([key, tag]) => [`aws:ResourceTag/${key}`, tag]);
  const { time } = request;
  return {
    principal: tls ? 'anonymous' : request.principal,
    action: `vpc-lattice-svcs:${tls ? 'Connect' : 'Invoke'}`,
    resource: service.arn + (tls ? '' : path),
    context: request.context ?? {},
    boundary: !tls && typeof request.caller === 'object' && request.caller.permissionsBoundary !== undefined,
    derived: {
      ...Object.fromEntries(tags),
      'vpc-lattice-svcs:Port': request.port,
      'vpc-lattice-svcs:ServiceArn': service.arn,
      'vpc-lattice-svcs:ServiceNetworkArn': serviceNetwork.arn,
      'vpc-lattice-svcs:SourceVpc': request.sourceVpc,
      'vpc-lattice-svcs:SourceVpcOwnerAccount': request.sourceVpcOwnerAccount,
      'aws:SourceIp': request.sourceIp,
      'aws:CurrentTime': time ?? UNDECIDED,
      'aws:EpochTime': time === undefined ? UNDECIDED : Math.floor(time.getTime() / 1000),
      ...(tls ? {} : invoke),
    },
  };
}

function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function headerKeys(headers: NonNullable<LatticeQuestion['headers']>): Json {
  const joined: Record<string, string> = {};
  for (const [name, given] of Object.entries(headers)) {
    if (given.length === 0 && given !== '') continue;
    const key = `vpc-lattice-svcs:RequestHeader/${name.toLowerCase()}`;
    const value = [given]
      .flat()
      .map((text) => text.trim())
      .join(', ');
    joined[key] = key in joined ? `${joined[key]}, ${value}` : value;
  }
  return joined;
}

function queryKeys(query: NonNullable<LatticeQuestion['query']>): Json {
  const params = typeof query === 'string' ? new URLSearchParams(query) : undefined;
  const names = params ? [...params.keys()] : Object.keys(query);
  const valuesOf = (name: string) => params?.getAll(name) ?? (query as Record<string, readonly string[]>)[name] ?? [];
  return Object.fromEntries(
    names.map((name) => [`vpc-lattice-svcs:RequestQueryString/${name}`, new QueryValues(valuesOf(name))]),
  );
}
