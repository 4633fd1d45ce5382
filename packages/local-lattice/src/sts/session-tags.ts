// session-tags.ts — the tags of a session: those that the call names, those that a web identity token names, and those
// that came with the caller's own session.
import type { QueryParameters } from './query-parameters.js';
import { StsError } from './sts-error.js';

/** Tags by key, and the keys of those that go on to sessions that this session makes. */
export interface SessionTags {
  readonly tags: ReadonlyMap<string, string>;
  readonly transitiveKeys: readonly string[];
}

const TAGS_MAX = 50;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The claim by which a web identity token brings tags. */
const TAGS_CLAIM = 'https://aws.amazon.com/tags';

/**
 * The tags of a call of AssumeRole.
 *
 * @throws {StsError} when a tag is malformed, stands twice, or one of the caller's own would be changed
 */
export function tagsOfCall(parameters: QueryParameters, inherited: ReadonlyMap<string, string>): SessionTags {
  const given = parameters.list('Tags', ['Key', 'Value'], TAGS_MAX).map(({ Key, Value }) => [Key, Value] as const);
  const keys = parameters.list('TransitiveTagKeys', [''], TAGS_MAX).map((element) => element[''] ?? '');
  const { tags, transitiveKeys } = checkTags(given, keys);
  for (const key of tags.keys()) {
    if (!hasKey(inherited, key)) continue;
    const message =
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.";
    throw new StsError('InvalidParameterValue', message);
  }
  return { tags: new Map([...inherited, ...tags]), transitiveKeys: [...inherited.keys(), ...transitiveKeys] };
}

/**
 * The tags in a web identity token's claims.
 *
 * @throws {StsError} when they are malformed
 */
export function tagsOfToken(claims: Readonly<Record<string, unknown>>): SessionTags {
  const claim = claims[TAGS_CLAIM];
  if (typeof claim !== 'object' || claim === null) return checkTags([], []);
  const { principal_tags: principalTags, transitive_tag_keys: transitive } = claim as Record<string, unknown>;
  const pairs = typeof principalTags === 'object' && principalTags !== null ? Object.entries(principalTags) : [];
  // Each value is a list of one.
  const given = pairs.map(([key, value]) => [key, textOf(Array.isArray(value) ? value[0] : value)] as const);
  return checkTags(given, Array.isArray(transitive) ? transitive.map((key) => textOf(key) ?? '') : []);
}

/** Tags of a role with those of its session, which replace the role's whatever the case of their keys. */
export function mergeTags(
  role: Readonly<Record<string, string>> | undefined,
  session: ReadonlyMap<string, string>,
): Record<string, string> {
  const own = Object.entries(role ?? {}).filter(([key]) => !hasKey(session, key));
  return Object.fromEntries([...own, ...session]);
}

function checkTags(
  given: readonly (readonly [key: string | undefined, value: string | undefined])[],
  transitiveKeys: readonly string[],
): SessionTags {
  if (given.length > TAGS_MAX) throw new StsError('ValidationError', `A session has at most ${TAGS_MAX} tags.`);
  const tags = new Map<string, string>();
  for (const [key = '', value] of given) {
    const fits = key.length >= 1 && key.length <= 128 && value !== undefined && value.length <= 256;
    if (!fits || !TAG_TEXT.test(key) || !TAG_TEXT.test(value)) {
      throw new StsError('ValidationError', 'A tag needs a key of 1 to 128 characters and a value of up to 256.');
    }
    if (hasKey(tags, key)) {
      const message = 'Duplicate tag keys found. Please note that Tag keys are case insensitive.';
      throw new StsError('InvalidParameterValue', message);
    }
    tags.set(key, value);
  }
  const unknown = transitiveKeys.find((key) => !tags.has(key));
  if (unknown !== undefined) {
    const message = 'The specified transitive tag key must be included in the requested tags.';
    throw new StsError('InvalidParameterValue', message);
  }
  return { tags, transitiveKeys };
}

function hasKey(tags: ReadonlyMap<string, string>, key: string): boolean {
  const lower = key.toLowerCase();
  for (const known of tags.keys()) if (known.toLowerCase() === lower) return true;
  return false;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
