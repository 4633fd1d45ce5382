// strict-schema.ts: Kubernetes' own schemas, strictly: kubernetes-models checks types, required fields and enumerations but
// lets unknown fields through, as an apiserver without strict validation does; a typo would go unnoticed. A schema compiled to
// code reads every field that it knows, so what it never reads of an object is a field that Kubernetes does not have.
import * as admissionregistration from 'kubernetes-models/admissionregistration.k8s.io/v1';
import * as apps from 'kubernetes-models/apps/v1';
import * as batch from 'kubernetes-models/batch/v1';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as rbac from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import * as core from 'kubernetes-models/v1';

interface Kind {
  readonly prototype: { validate(): void };
}

/** `v1 Pod` → how it is checked. */
const kinds = new Map<string, Kind>();
const groups = [admissionregistration, apps, batch, networking, policy, rbac, core];
for (const one of groups.flatMap((group) => Object.values(group))) {
  if (typeof one !== 'function' || !('kind' in one)) continue;
  const { apiVersion, kind } = one as unknown as { apiVersion: string; kind: string };
  kinds.set(`${apiVersion} ${kind}`, one as unknown as Kind);
}

/** What is wrong with an object, one line each; unknown fields are, and so are kinds that are not known. */
export function problemsOf(object: unknown): string[] {
  const { apiVersion, kind } = object as { apiVersion?: string; kind?: string };
  const Model = kinds.get(`${apiVersion} ${kind}`);
  if (Model === undefined) return [`no schema for ${apiVersion} ${kind}`];
  const seen = new Set<string>();
  const copy = structuredClone(object) as object;
  const problems: string[] = [];
  try {
    // Not by making one: its constructor copies, and by that reads, everything.
    Model.prototype.validate.call(watched(copy, '', seen));
  } catch (error) {
    problems.push(String(error instanceof Error ? error.message : error));
  }
  return [...problems, ...unread(copy, '', seen).map((path) => `unknown field ${path}`)];
}

/** Notes the path of all that is read of it. */
function watched<Value>(value: Value, path: string, seen: Set<string>): Value {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key, receiver) {
      const inner: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol') return inner;
      const own = Object.hasOwn(target, key);
      if (own) seen.add(`${path}/${key}`);
      return own ? watched(inner, `${path}/${key}`, seen) : inner;
    },
  });
}

function unread(value: unknown, path: string, seen: ReadonlySet<string>): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${path}/${key}`;
    return seen.has(here) ? unread(inner, here, seen) : [here];
  });
}
