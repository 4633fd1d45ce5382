// A condition key as a policy names it, sorted by where its value comes from (docs/evaluation.md, KEY-1..8,
// LATTICE-KEYS, LATTICE-GLOBAL).

/** The keys that the engine derives from a request, in AWS's spelling. A trailing `/` takes a name behind it. */
const SOURCES = [
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalType',
  'aws:userid',
  'aws:username',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalTag/',
  'aws:ResourceTag/',
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:SourceIp',
  'vpc-lattice-svcs:Port',
  'vpc-lattice-svcs:RequestMethod',
  'vpc-lattice-svcs:RequestPath',
  'vpc-lattice-svcs:RequestHeader/',
  'vpc-lattice-svcs:RequestQueryString/',
  'vpc-lattice-svcs:ServiceArn',
  'vpc-lattice-svcs:ServiceNetworkArn',
  'vpc-lattice-svcs:SourceVpc',
  'vpc-lattice-svcs:SourceVpcOwnerAccount',
] as const;

type KeySource = (typeof SOURCES)[number] | 'global' | 'context';

const BY_FOLDED = new Map(SOURCES.map((source) => [source.toLowerCase(), source]));

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
    source: known,
    name: slash === -1 ? '' : text.slice(slash + 1),
    canonical: head === known,
  };
}
