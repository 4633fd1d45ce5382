// build-listeners.ts — listeners and rules: ports, priorities, matches, and which target groups may stand behind what.
import type {
  ActionDocument,
  ListenerDocument,
  RuleDocument,
  ServiceDocument,
  TargetGroupDocument,
} from '../document.js';
import { WEIGHT_DEFAULT } from '../limits.js';
import type { ByName, Listener, ListenerProtocol, Rule, RuleAction, RuleMatch, TextMatch } from '../model.js';
import { pointerSegment } from '../source/source-tree.js';
import { list, quote } from '../text/quote.js';
import type { BuildContext } from './build-context.js';
import { byName } from './by-name.js';

const PORTS: Readonly<Record<ListenerProtocol, number>> = { HTTP: 80, HTTPS: 443, TLS_PASSTHROUGH: 443 };

export function buildListeners(context: BuildContext, pointer: string, service: ServiceDocument): ByName<Listener> {
  return byName(service.listeners, (name, written) => {
    const at = `${pointer}/listeners${pointerSegment(name)}`;
    const port = written.port ?? PORTS[written.protocol];
    context.claim(`${pointer}/listeners`, String(port), written.port === undefined ? at : `${at}/port`, 'the port');
    if (written.protocol === 'TLS_PASSTHROUGH') checkPassthrough(context, at, service, written);
    return {
      name,
      place: context.keyPlace(at),
      protocol: written.protocol,
      port,
      defaultAction: buildAction(context, `${at}/defaultAction`, written.protocol, written.defaultAction),
      rules: buildRules(context, at, written),
    };
  });
}

/** What Lattice can't decrypt it can't look into: SNI is all that it routes by. */
function checkPassthrough(
  context: BuildContext,
  at: string,
  service: ServiceDocument,
  written: ListenerDocument,
): void {
  if (service.customDomain === undefined) {
    context.reportKey(
      'ERR_STACK_COMBINATION',
      at,
      'a TLS_PASSTHROUGH listener needs the service to have a `customDomain`',
    );
  }
  if (Object.keys(written.rules ?? {}).length > 0) {
    context.reportKey(
      'ERR_STACK_COMBINATION',
      `${at}/rules`,
      'a TLS_PASSTHROUGH listener has no rules: requests can not be read',
    );
  }
}

function buildRules(context: BuildContext, listener: string, { protocol, rules }: ListenerDocument): readonly Rule[] {
  const built = byName(rules, (name, written) => {
    const at = `${listener}/rules${pointerSegment(name)}`;
    context.claim(`${listener}/rules`, String(written.priority), `${at}/priority`, 'the priority');
    return {
      name,
      place: context.keyPlace(at),
      priority: written.priority,
      match: buildMatch(context, `${at}/match`, written.match),
      action: buildAction(context, `${at}/action`, protocol, written.action),
    };
  });
  return Object.values(built).sort((a, b) => a.priority - b.priority);
}

function buildMatch(
  context: BuildContext,
  at: string,
  { method, path, headers = [] }: RuleDocument['match'],
): RuleMatch {
  return {
    method,
    path: path && buildText(context, `${at}/path`, path),
    headers: headers.map((header, index) => ({
      name: header.name.toLowerCase(),
      ...buildText(context, `${at}/headers/${index}`, header),
    })),
  };
}

type TextDocument = { exact?: string; prefix?: string; contains?: string; caseSensitive?: boolean };

function buildText(context: BuildContext, at: string, written: TextDocument): TextMatch {
  const kinds = (['exact', 'prefix', 'contains'] as const).filter((kind) => written[kind] !== undefined);
  const [kind = 'exact'] = kinds;
  if (kinds.length === 0) {
    const choices = at.endsWith('/path') ? '`exact` or `prefix`' : '`exact`, `prefix` or `contains`';
    context.reportKey('ERR_STACK_SCHEMA', at, `needs ${choices}`);
  }
  if (kinds.length > 1) {
    const message = `${list(kinds.map(quote))} exclude each other`;
    context.reportKey('ERR_STACK_COMBINATION', `${at}/${kinds[1]}`, message);
  }
  return { kind, text: written[kind] ?? '', caseSensitive: written.caseSensitive ?? false };
}

function buildAction(
  context: BuildContext,
  at: string,
  protocol: ListenerProtocol,
  written: ActionDocument,
): RuleAction {
  const { forward, fixedResponse } = written;
  if (forward !== undefined && fixedResponse !== undefined) {
    context.reportKey(
      'ERR_STACK_COMBINATION',
      `${at}/fixedResponse`,
      '`forward` and `fixedResponse` exclude each other',
    );
  }
  if (fixedResponse !== undefined) {
    if (protocol === 'TLS_PASSTHROUGH') {
      context.reportKey('ERR_STACK_COMBINATION', `${at}/fixedResponse`, 'a TLS_PASSTHROUGH listener can only forward');
    }
    return { kind: 'fixedResponse', status: fixedResponse };
  }
  return { kind: 'forward', targetGroups: buildForward(context, `${at}/forward`, protocol, forward ?? []) };
}

function buildForward(
  context: BuildContext,
  at: string,
  protocol: ListenerProtocol,
  forward: NonNullable<ActionDocument['forward']>,
) {
  const shares = typeof forward === 'string' ? [{ targetGroup: forward }] : forward;
  return shares.flatMap((share: { targetGroup: string; weight?: number }, index) => {
    const pointer = typeof forward === 'string' ? at : `${at}/${index}/targetGroup`;
    const { targetGroup: name, weight } = share;
    if (weight === undefined && shares.length > 1) {
      context.report(
        'ERR_STACK_SCHEMA',
        `${at}/${index}`,
        '`weight` is missing: it is needed where there are several target groups',
      );
    }
    if (!context.refer('targetGroups', name, pointer)) return [];
    if (!context.claim(at, name, pointer, 'the target group')) return [];
    checkTargets(context, pointer, protocol, name, context.document.targetGroups?.[name]);
    return [{ name, weight: weight ?? WEIGHT_DEFAULT }];
  });
}

/** TCP targets stand behind TLS_PASSTHROUGH, all others behind HTTP and HTTPS. */
function checkTargets(
  context: BuildContext,
  pointer: string,
  protocol: ListenerProtocol,
  name: string,
  group: TargetGroupDocument | undefined,
): void {
  const tcp = group?.protocol === 'TCP';
  const passthrough = protocol === 'TLS_PASSTHROUGH';
  if (group === undefined || tcp === passthrough) return;
  const message = passthrough
    ? `a TLS_PASSTHROUGH listener can only forward to target groups with protocol TCP, which ${quote(name)} is not`
    : `${quote(name)} has protocol TCP, which only TLS_PASSTHROUGH listeners can forward to`;
  context.report('ERR_STACK_COMBINATION', pointer, message);
}
