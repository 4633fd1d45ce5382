// A condition key as a policy names it, sorted by where its value comes from (docs/evaluation.md, KEY-1..8,
// LATTICE-KEYS, LATTICE-GLOBAL).

/** The keys that the engine derives from a request, in AWS's spelling. A trailing `/` takes a name behind it. */
const SOURCES = {
  'aws:PrincipalArn': 'principalArn',
  'aws:PrincipalAccount': 'principalAccount',
  'aws:PrincipalType': 'principalType',
  'aws:userid': 'userid',
  'aws:username': 'username',
  'aws:PrincipalOrgID': 'principalOrgId',
  'aws:PrincipalOrgPaths': 'principalOrgPaths',
  'aws:PrincipalTag/': 'principalTag',
  'aws:ResourceTag/': 'resourceTag',
  'aws:CurrentTime': 'currentTime',
  'aws:EpochTime': 'epochTime',
  'aws:SourceIp': 'sourceIp',
  'vpc-lattice-svcs:Port': 'port',
  'vpc-lattice-svcs:RequestMethod': 'requestMethod',
  'vpc-lattice-svcs:RequestPath': 'requestPath',
  'vpc-lattice-svcs:RequestHeader/': 'requestHeader',
  'vpc-lattice-svcs:RequestQueryString/': 'requestQuery',
  'vpc-lattice-svcs:ServiceArn': 'serviceArn',
  'vpc-lattice-svcs:ServiceNetworkArn': 'serviceNetworkArn',
  'vpc-lattice-svcs:SourceVpc': 'sourceVpc',
  'vpc-lattice-svcs:SourceVpcOwnerAccount': 'sourceVpcOwnerAccount',
} as const;

export type KeySource = (typeof SOURCES)[keyof typeof SOURCES] | 'global' | 'context';

const BY_FOLDED = new Map(
  Object.entries(SOURCES).map(([spelling, source]) => [spelling.toLowerCase(), { spelling, source }]),
);

export interface ConditionKey {
  readonly text: string;
  readonly folded: string;
  /** `context`: only a context entry can give it a value. `global`: an `aws:` key that Lattice's guide doesn't name. */
  readonly source: KeySource;
  /** The part behind the slash, as written; `''` for keys without one. */
  readonly name: string;
  /** The part before the name is spelled as AWS documents it. */
  readonly canonical: boolean;
}

export function conditionKey(text: string): ConditionKey {
  const slash = text.indexOf('/');
  const head = slash === -1 ? text : text.slice(0, slash + 1);
  const known = BY_FOLDED.get(head.toLowerCase());
  const folded = text.toLowerCase();
  if (known === undefined) {
    return { text, folded, source: folded.startsWith('aws:') ? 'global' : 'context', name: '', canonical: true };
  }
  return {
    text,
    folded,
    source: known.source,
    name: slash === -1 ? '' : text.slice(slash + 1),
    canonical: head === known.spelling,
  };
}
