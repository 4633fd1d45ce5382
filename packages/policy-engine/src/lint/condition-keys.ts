// The condition keys that are known without asking AWS: the documented global keys and those of Lattice's data plane,
// with type and number of values. Source: the IAM User Guide's page of global keys and the Service Authorization
// Reference of vpc-lattice-svcs, both of September 2026.

export type KeyType = 'String' | 'Numeric' | 'Date' | 'Bool' | 'IPAddress' | 'ARN';

interface KeyTraits {
  /** The documented spelling, without a name behind the slash. */
  readonly name: string;
  readonly type: KeyType;
  readonly multivalued: boolean;
  /** A name belongs behind a slash: a tag key, header or query parameter. */
  readonly named: boolean;
}

/** Per type: names without prefix. `[]` marks a multivalued key, `/` one with a name behind it. */
const GLOBAL: Readonly<Record<KeyType, string>> = {
  ARN: 'PrincipalArn ChatbotSourceArn SourceVpcArn SourceArn',
  Bool: 'PrincipalIsAWSService AssumedRoot MultiFactorAuthPresent ViaAWSService ViaAWSMCPService SecureTransport IsMcpServiceAction',
  Date: 'TokenIssueTime CurrentTime EpochTime',
  IPAddress: 'Ec2InstanceSourcePrivateIPv4 SourceIp VpcSourceIp',
  Numeric: 'MultiFactorAuthAge',
  String:
    'PrincipalAccount PrincipalOrgPaths[] PrincipalOrgID PrincipalTag/ PrincipalServiceName PrincipalServiceNamesList[] ' +
    'PrincipalType userid username FederatedProvider Ec2InstanceSourceVpc SourceIdentity SourceVpc SourceVpce VpceAccount ' +
    'VpceOrgPaths[] VpceOrgID ResourceAccount ResourceOrgID ResourceOrgPaths[] ResourceTag/ CalledVia[] CalledViaFirst ' +
    'CalledViaLast CalledViaAWSMCP referer RequestedRegion RequestTag/ TagKeys[] SourceAccount SourceOwner ' +
    'SourceOrgPaths[] SourceOrgID UserAgent',
};

const LATTICE: Readonly<Partial<Record<KeyType, string>>> = {
  ARN: 'ServiceArn ServiceNetworkArn',
  Numeric: 'Port',
  String: 'RequestMethod RequestPath RequestHeader/ RequestQueryString/[] SourceVpc SourceVpcOwnerAccount',
};

export const LATTICE_PREFIX = 'vpc-lattice-svcs';

const KEYS: ReadonlyMap<string, KeyTraits> = new Map([...keysOf('aws', GLOBAL), ...keysOf(LATTICE_PREFIX, LATTICE)]);

function keysOf(prefix: string, table: Readonly<Partial<Record<KeyType, string>>>): [string, KeyTraits][] {
  return Object.entries(table).flatMap(([type, names]) =>
    names.split(' ').map((word): [string, KeyTraits] => {
      const name = `${prefix}:${word.replace(/[/[\]]/g, '')}`;
      const traits = { type: type as KeyType, multivalued: word.endsWith('[]'), named: word.includes('/') };
      return [name.toLowerCase(), { name, ...traits }];
    }),
  );
}

/** A condition key taken apart. */
export interface ConditionKey {
  readonly prefix: string;
  /** Known keys only. */
  readonly traits: KeyTraits | undefined;
  /** What stands behind the slash of a named key: `team` in `aws:PrincipalTag/team`; `undefined` without a slash. */
  readonly name: string | undefined;
  /** The documented spelling of a known key, its name as written. */
  readonly canonical: string;
  /** Lower case, without the name: for comparing with lists of keys. */
  readonly folded: string;
}

/** Reads a key in any casing. */
export function readKey(text: string): ConditionKey {
  const slash = text.indexOf('/');
  const base = slash === -1 ? text : text.slice(0, slash);
  const whole = KEYS.get(text.toLowerCase());
  const traits = whole ?? KEYS.get(base.toLowerCase());
  const known = traits !== undefined && (slash === -1 || traits.named) ? traits : undefined;
  const colon = text.indexOf(':');
  return {
    prefix: colon === -1 ? '' : text.slice(0, colon).toLowerCase(),
    traits: known,
    name: known?.named === true && slash !== -1 ? text.slice(slash + 1) : undefined,
    canonical: known === undefined ? text : known.name + (slash === -1 ? '' : text.slice(slash)),
    folded: known === undefined ? text.toLowerCase() : known.name.toLowerCase(),
  };
}

/** Documented names with this prefix, for suggestions. */
export function knownKeys(prefix: string): string[] {
  return [...KEYS.values()].map((key) => key.name).filter((name) => name.startsWith(`${prefix}:`));
}
