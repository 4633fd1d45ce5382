// build-local.ts — the section `local`: how a data plane on this machine stands in for what AWS provides. What needs a
// look at the rest of the stack, or at two settings at once, is checked here; the schema has the rest.
import type { LocalDocument } from '../document.js';
import type { LocalSettings } from '../model.js';
import { pointerSegment } from '../source/source-tree.js';
import { quote } from '../text/quote.js';
import type { BuildContext } from './build-context.js';
import { buildLocalTargetGroup } from './build-local-targets.js';
import { byName } from './by-name.js';

/** Loopback addresses that no VPC can have, and why. */
const TAKEN_ADDRESSES: Readonly<Record<string, string>> = {
  '127.0.0.1': 'is where all that choose no address come from',
  '127.0.0.0': "is a network's, not a host's",
  '127.255.255.255': "is a network's, not a host's",
};

/** Headers that say something else already: as a VPC's name they would be taken out of every request. */
const TAKEN_HEADERS =
  /^(x-amz-.*|x-amzn-.*|x-forwarded-.*|authorization|connection|content-.*|cookie|expect|host|te|trailer|transfer-encoding|upgrade)$/i;

export function buildLocal(context: BuildContext): LocalSettings {
  const { defaultVpc, vpcHeader, vpcs, credentials, targetGroups } = context.document.local ?? {};
  if (defaultVpc !== undefined) context.refer('vpcs', defaultVpc, '/local/defaultVpc');
  if (vpcHeader !== undefined && TAKEN_HEADERS.test(vpcHeader)) {
    context.report('ERR_STACK_VALUE', '/local/vpcHeader', `the header ${quote(vpcHeader)} already means something`);
  }
  return {
    vpcs: buildLocalVpcs(context, vpcs),
    vpcHeader: vpcHeader?.toLowerCase(),
    defaultVpc,
    credentials: buildCredentials(context, credentials),
    targetGroups: byName(targetGroups, (name, written) => buildLocalTargetGroup(context, name, written)),
  };
}

function buildLocalVpcs(context: BuildContext, vpcs: LocalDocument['vpcs']): LocalSettings['vpcs'] {
  return byName(vpcs, (name, { address, port }) => {
    const pointer = `/local/vpcs${pointerSegment(name)}`;
    context.refer('vpcs', name, pointer, true);
    if (address !== undefined) {
      const taken = TAKEN_ADDRESSES[address];
      if (taken !== undefined) context.report('ERR_STACK_VALUE', `${pointer}/address`, `${quote(address)} ${taken}`);
      else context.claim('local address', address, `${pointer}/address`, 'the address');
    }
    if (port !== undefined) context.claim('local port', String(port), `${pointer}/port`, 'the port');
    return { address, port };
  });
}

function buildCredentials(context: BuildContext, written: LocalDocument['credentials']): LocalSettings['credentials'] {
  return byName(written, (name, { accessKeyId, secretAccessKey }) => {
    const pointer = `/local/credentials${pointerSegment(name)}`;
    context.refer('principals', name, pointer, true);
    context.claim('access key', accessKeyId, `${pointer}/accessKeyId`, 'the access key id');
    return { accessKeyId, secretAccessKey };
  });
}
