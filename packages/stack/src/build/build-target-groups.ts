// build-target-groups.ts — target groups: which settings go with which type, and that one service alone uses each.
import { isIP } from 'node:net';
import type { ActionDocument, ServiceDocument, TargetGroupDocument } from '../document.js';
import type { ByName, TargetGroup } from '../model.js';
import { pointerSegment } from '../source/source-tree.js';
import { quote } from '../text/quote.js';
import { buildArn } from './build-arn.js';
import type { BuildContext } from './build-context.js';
import { byName } from './by-name.js';

export function buildTargetGroups(context: BuildContext): ByName<TargetGroup> {
  return byName(context.document.targetGroups, (name, written) => {
    const pointer = `/targetGroups${pointerSegment(name)}`;
    const named = written.id !== undefined || written.arn !== undefined;
    const arn = named ? buildArn(context, pointer, 'targetgroup', written) : undefined;
    if (written.type === 'LAMBDA') checkLambda(context, pointer, written);
    else checkServers(context, pointer, written);
    const speaksHttp = written.type !== 'LAMBDA' && written.protocol !== 'TCP';
    return {
      name,
      place: context.keyPlace(pointer),
      id: arn?.id,
      arn: arn?.arn,
      type: written.type,
      protocol: written.protocol,
      protocolVersion: written.protocolVersion ?? (speaksHttp ? 'HTTP1' : undefined),
      port: written.port,
      vpc: written.vpc,
      lambdaEventVersion: written.type === 'LAMBDA' ? (written.lambdaEventVersion ?? 'V1') : undefined,
      targets: (written.targets ?? []).map(({ id, port }) => ({ id, port: port ?? written.port })),
      tags: byName(written.tags, (_, value) => value),
    };
  });
}

function checkLambda(context: BuildContext, pointer: string, written: TargetGroupDocument): void {
  for (const key of ['protocol', 'protocolVersion', 'port', 'vpc'] as const) {
    if (written[key] === undefined) continue;
    context.reportKey(
      'ERR_STACK_COMBINATION',
      `${pointer}/${key}`,
      `a target group of type LAMBDA has no ${quote(key)}`,
    );
  }
  if ((written.targets?.length ?? 0) > 1) {
    context.report('ERR_STACK_COMBINATION', `${pointer}/targets/1`, 'a target group of type LAMBDA has one target');
  }
}

function checkServers(context: BuildContext, pointer: string, written: TargetGroupDocument): void {
  const { type, protocol, protocolVersion, vpc, targets = [] } = written;
  if (protocol === undefined) {
    context.reportKey('ERR_STACK_SCHEMA', pointer, `a target group of type ${type} needs \`protocol\``);
  }
  if (protocol === 'TCP' && protocolVersion !== undefined) {
    context.reportKey(
      'ERR_STACK_COMBINATION',
      `${pointer}/protocolVersion`,
      'a TCP target group has no `protocolVersion`',
    );
  }
  if (written.lambdaEventVersion !== undefined) {
    const at = `${pointer}/lambdaEventVersion`;
    context.reportKey('ERR_STACK_COMBINATION', at, 'only a target group of type LAMBDA has `lambdaEventVersion`');
  }
  if (vpc !== undefined) context.refer('vpcs', vpc, `${pointer}/vpc`);
  for (const [index, { id }] of targets.entries()) {
    if (type !== 'IP' || isIP(id) !== 0) continue;
    context.report('ERR_STACK_VALUE', `${pointer}/targets/${index}/id`, `${quote(id)} is not an IP address`);
  }
}

/** "A target group can be used by a single service." */
export function checkTargetGroupOwners(context: BuildContext): void {
  const owners = new Map<string, string>();
  for (const [service, written] of Object.entries(context.document.services)) {
    for (const { group, pointer } of groupsOf(`/services${pointerSegment(service)}`, written)) {
      const owner = owners.get(group) ?? service;
      owners.set(group, owner);
      if (owner === service) continue;
      const message = `the target group ${quote(group)} already belongs to the service ${quote(owner)}`;
      context.report('ERR_STACK_COMBINATION', pointer, message);
    }
  }
}

function groupsOf(service: string, { listeners = {} }: ServiceDocument) {
  return Object.entries(listeners).flatMap(([name, { defaultAction, rules = {} }]) => {
    const at = `${service}/listeners${pointerSegment(name)}`;
    const ofRules = Object.entries(rules).flatMap(([rule, { action }]) => {
      return groupsOfAction(`${at}/rules${pointerSegment(rule)}/action`, action);
    });
    return [...groupsOfAction(`${at}/defaultAction`, defaultAction), ...ofRules];
  });
}

function groupsOfAction(at: string, { forward = [] }: ActionDocument): { group: string; pointer: string }[] {
  if (typeof forward === 'string') return [{ group: forward, pointer: `${at}/forward` }];
  return forward.map(({ targetGroup }, index) => ({
    group: targetGroup,
    pointer: `${at}/forward/${index}/targetGroup`,
  }));
}
