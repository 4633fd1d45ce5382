// build-stack.ts — the model from a checked document: section by section, then what holds between sections.
import type { StackDocument } from '../document.js';
import type { Stack, StackPolicy } from '../model.js';
import type { SourceFile } from '../source/source-file.js';
import { quote } from '../text/quote.js';
import { buildAccounts, buildVpcs } from './build-accounts.js';
import { resolveAccount } from './build-arn.js';
import { BuildContext, type Problems } from './build-context.js';
import { buildLocal } from './build-local.js';
import { buildNetworks } from './build-networks.js';
import { buildPrincipals } from './build-principals.js';
import { buildServices, checkCustomDomains } from './build-services.js';
import { buildTargetGroups, checkTargetGroupOwners } from './build-target-groups.js';
import { freezeDeep } from './by-name.js';

/** Builds all that can be built; whether it may be used is for `problems` to say. */
export function buildStack(parts: {
  document: StackDocument;
  broken: ReadonlySet<string>;
  source: SourceFile;
  problems: Problems;
  policies: ReadonlyMap<string, StackPolicy>;
  files: readonly string[];
}): Stack {
  const { document, policies, source } = parts;
  const context = new BuildContext(parts);
  if (document.account !== undefined) resolveAccount(context, document.account, '/account');
  const accounts = buildAccounts(context);
  const stack: Stack = {
    file: source.file,
    files: parts.files,
    description: document.description,
    now: buildTime(context),
    accounts,
    vpcs: buildVpcs(context),
    serviceNetworks: buildNetworks(context),
    services: buildServices(context),
    targetGroups: buildTargetGroups(context),
    principals: buildPrincipals(context, accounts),
    policies: [...policies.values()],
    local: buildLocal(context),
  };
  checkCustomDomains(context);
  checkTargetGroupOwners(context);
  return freezeDeep(stack);
}

function buildTime(context: BuildContext): string | undefined {
  const { now } = context.document;
  if (now === undefined) return undefined;
  const time = Date.parse(now);
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  context.report('ERR_STACK_VALUE', '/now', `${quote(now)} is not a time that a calendar has`);
  return undefined;
}
