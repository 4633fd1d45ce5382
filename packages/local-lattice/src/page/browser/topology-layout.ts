// topology-layout.ts — where everything goes in the picture: four columns, from VPCs over networks and services to target
// groups; boxes near what they are tied to, never on each other. Numbers in, numbers out: tested without a browser.
import type { PageService, PageTopology } from './protocol.js';

export type NodeKind = 'vpc' | 'network' | 'service' | 'group';

/** A line of text in a service's box; `isRule` when requests leave from it. */
interface LaidRow {
  readonly text: string;
  readonly note: string;
  readonly y: number;
  readonly isRule: boolean;
}

export interface LaidNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly LaidRow[];
}

export interface LaidEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'association' | 'endpoint' | 'service' | 'forward';
  readonly label: string;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface LaidTopology {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly LaidNode[];
  readonly edges: readonly LaidEdge[];
}

const MARGIN = 8;
const TITLE_HEIGHT = 26;
const HEAD_HEIGHT = 32;
const ROW_HEIGHT = 21;
const BOX_HEIGHT = 46;
const GAP = 14;
/** Few stand for many: they stay where the picture begins, so that they are seen before anybody scrolls. */
const TOP_MAX = 120;

const COLUMNS: Readonly<Record<NodeKind, { readonly x: number; readonly width: number }>> = {
  vpc: { x: MARGIN, width: 168 },
  network: { x: 256, width: 208 },
  service: { x: 544, width: 318 },
  group: { x: 950, width: 202 },
};
const WIDTH = COLUMNS.group.x + COLUMNS.group.width + MARGIN;

export const nodeId = (kind: NodeKind, name: string): string => `${kind}:${name}`;

export function layOut(topology: PageTopology): LaidTopology {
  const nodes = new Map<string, LaidNode>();
  const put = (node: LaidNode) => nodes.set(node.id, node);
  let y = MARGIN + TITLE_HEIGHT;
  for (const service of byNetwork(topology)) {
    const node = serviceNode(service, y);
    put(node);
    y += node.height + GAP;
  }
  const leaves = forwardsOf(topology, nodes);
  for (const node of column('group', topology.targetGroups, centersOf(leaves, 'to', 'y1'), Number.POSITIVE_INFINITY))
    put(node);
  const centers = new Map<string, number>();
  for (const { name, services } of topology.serviceNetworks) {
    centers.set(nodeId('network', name), mean(services.map((each) => centerOf(nodes.get(nodeId('service', each))))));
  }
  for (const node of column('network', topology.serviceNetworks, centers, TOP_MAX)) put(node);
  const ties = tiesOf(topology, nodes);
  for (const node of column('vpc', topology.vpcs, centersOf(ties, 'from', 'y2'), TOP_MAX)) put(node);
  const bottom = Math.max(y, ...[...nodes.values()].map((node) => node.y + node.height + GAP));
  const edges = [...tiesOf(topology, nodes), ...deliveries(topology, nodes), ...forwardsOf(topology, nodes)];
  return { width: WIDTH, height: bottom - GAP + MARGIN, nodes: [...nodes.values()], edges };
}

/** Services of one network stand together. */
function byNetwork({ services, serviceNetworks }: PageTopology): PageService[] {
  const order = serviceNetworks.flatMap((network) => network.services);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...services].sort((left, right) => place(left.name) - place(right.name));
}

function serviceNode(service: PageService, y: number): LaidNode {
  const rows: LaidRow[] = [];
  const add = (text: string, note: string, isRule: boolean) => {
    rows.push({ text, note, isRule, y: y + HEAD_HEIGHT + (rows.length + 0.5) * ROW_HEIGHT });
  };
  for (const { protocol, port, rules } of service.listeners) {
    const title = `${protocol} :${port}`;
    const [only, ...others] = rules;
    if (others.length > 0) add(title, '', false);
    for (const { match, status } of rules) {
      const text = others.length === 0 && match === only?.match ? `${title}  ${match}` : match;
      add(text, status === undefined ? '' : `answers ${status}`, true);
    }
  }
  const height = HEAD_HEIGHT + rows.length * ROW_HEIGHT + (rows.length > 0 ? 7 : 0);
  return {
    id: nodeId('service', service.name),
    kind: 'service',
    name: service.name,
    ...COLUMNS.service,
    y,
    height,
    rows,
  };
}

/** A column of boxes of one height, each as near as can be to where its lines come from, in that order. */
function column(
  kind: NodeKind,
  things: readonly { readonly name: string }[],
  centers: ReadonlyMap<string, number>,
  topMax: number,
): LaidNode[] {
  const wanted = things.map(({ name }, index) => {
    const center = centers.get(nodeId(kind, name)) ?? Number.NaN;
    // What nothing leads to comes last.
    return { name, index, center: Number.isNaN(center) ? Number.POSITIVE_INFINITY : center };
  });
  wanted.sort((left, right) => (left.center === right.center ? left.index - right.index : left.center - right.center));
  let free = MARGIN + TITLE_HEIGHT;
  return wanted.map(({ name, center }) => {
    const near = Number.isFinite(center) ? Math.min(center - BOX_HEIGHT / 2, topMax) : free;
    const y = Math.max(free, near);
    free = y + BOX_HEIGHT + GAP;
    return { id: nodeId(kind, name), kind, name, ...COLUMNS[kind], y, height: BOX_HEIGHT, rows: [] };
  });
}

function centerOf(node: LaidNode | undefined): number {
  return node === undefined ? Number.NaN : node.y + node.height / 2;
}

function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Where a column's boxes should be by the edges that end at them. */
function centersOf(edges: readonly LaidEdge[], end: 'from' | 'to', at: 'y1' | 'y2'): Map<string, number> {
  const ys = new Map<string, number[]>();
  for (const edge of edges) ys.set(edge[end], [...(ys.get(edge[end]) ?? []), edge[at]]);
  return new Map([...ys].map(([id, values]) => [id, mean(values)]));
}

type Nodes = ReadonlyMap<string, LaidNode>;

function tiesOf({ serviceNetworks, vpcs }: PageTopology, nodes: Nodes): LaidEdge[] {
  return serviceNetworks.flatMap((network) =>
    vpcs.flatMap(({ name }) => {
      const kind = network.vpcs.includes(name) ? 'association' : 'endpoint';
      if (kind === 'endpoint' && !network.vpcEndpoints.includes(name)) return [];
      return [edge(nodes, nodeId('vpc', name), nodeId('network', network.name), kind)];
    }),
  );
}

function deliveries({ serviceNetworks }: PageTopology, nodes: Nodes): LaidEdge[] {
  return serviceNetworks.flatMap(({ name, services }) =>
    services.map((service) => {
      const laid = edge(nodes, nodeId('network', name), nodeId('service', service), 'service');
      const top = nodes.get(nodeId('service', service))?.y ?? 0;
      return { ...laid, y2: top + HEAD_HEIGHT / 2 };
    }),
  );
}

function forwardsOf({ services }: PageTopology, nodes: Nodes): LaidEdge[] {
  return services.flatMap((service) => {
    const from = nodeId('service', service.name);
    const rows = nodes.get(from)?.rows.filter(({ isRule }) => isRule) ?? [];
    const rules = service.listeners.flatMap((listener) => listener.rules);
    return rules.flatMap(({ forwards }, index) =>
      forwards.map(({ targetGroup, share }) => {
        const label = forwards.length > 1 ? `${Math.round(share * 1000) / 10}%` : '';
        const laid = edge(nodes, from, nodeId('group', targetGroup), 'forward');
        return { ...laid, label, y1: rows[index]?.y ?? laid.y1 };
      }),
    );
  });
}

function edge(nodes: Nodes, from: string, to: string, kind: LaidEdge['kind']): LaidEdge {
  const start = nodes.get(from);
  const end = nodes.get(to);
  return {
    from,
    to,
    kind,
    label: '',
    x1: (start?.x ?? 0) + (start?.width ?? 0),
    y1: centerOf(start),
    x2: end?.x ?? 0,
    y2: centerOf(end),
  };
}
