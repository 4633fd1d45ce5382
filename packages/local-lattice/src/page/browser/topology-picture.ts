// topology-picture.ts — draws what topology-layout.ts laid out. Every box can be reached by keyboard; the one that is looked
// at shows what leads to it and where it leads.
import { element, shape } from './dom.js';
import type { PageGuard, PageOutcome, PageTopology } from './protocol.js';
import { type LaidEdge, type LaidNode, type LaidTopology, layOut, nodeId } from './topology-layout.js';

/** The picture on the page. */
export interface TopologyPicture {
  readonly svg: SVGSVGElement;
  /** Shows for a moment that something came by. */
  flash(service: string, outcome: PageOutcome): void;
  /** Keeps one box in view; undefined: none. */
  select(id: string | undefined): void;
}

const TITLES = { vpc: 'VPCs', network: 'Service networks', service: 'Services', group: 'Target groups' } as const;
const KINDS = { vpc: 'VPC', network: 'service network', service: 'service', group: 'target group' } as const;
const FLASH_MS = 900;

export function drawTopology(topology: PageTopology, onSelect: (node: LaidNode | undefined) => void): TopologyPicture {
  const laid = layOut(topology);
  const edges = laid.edges.map((edge) => ({ edge, line: drawEdge(edge) }));
  const boxes = new Map(laid.nodes.map((node) => [node.id, drawNode(node, topology)]));
  const svg = frame(laid, topology, [...edges.map(({ line }) => line), ...boxes.values()]);
  let selected: string | undefined;
  const light = (id: string | undefined) => {
    const related = id === undefined ? undefined : relatedTo(id, laid.edges);
    svg.classList.toggle('lit', related !== undefined);
    for (const [own, box] of boxes) box.classList.toggle('related', related?.nodes.has(own) ?? false);
    for (const { edge, line } of edges) line.classList.toggle('related', related?.edges.has(edge) ?? false);
  };
  const select = (id: string | undefined) => {
    selected = id;
    for (const [own, box] of boxes) box.setAttribute('aria-pressed', String(own === id));
    light(id);
  };
  for (const node of laid.nodes) {
    const choose = () => {
      select(selected === node.id ? undefined : node.id);
      onSelect(selected === undefined ? undefined : node);
    };
    listen(
      boxes.get(node.id),
      choose,
      () => light(node.id),
      () => light(selected),
    );
  }
  return { svg, select, flash: (service, outcome) => flash(boxes.get(nodeId('service', service)), outcome) };
}

function listen(box: SVGGElement | undefined, choose: () => void, enter: () => void, leave: () => void): void {
  box?.addEventListener('click', choose);
  box?.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose();
  });
  for (const name of ['pointerenter', 'focus'] as const) box?.addEventListener(name, enter);
  for (const name of ['pointerleave', 'blur'] as const) box?.addEventListener(name, leave);
}

/** Everything upstream and everything downstream. */
function relatedTo(id: string, edges: readonly LaidEdge[]): { nodes: Set<string>; edges: Set<LaidEdge> } {
  const found = { nodes: new Set([id]), edges: new Set<LaidEdge>() };
  for (const [start, end] of [
    ['from', 'to'],
    ['to', 'from'],
  ] as const) {
    let front = new Set([id]);
    while (front.size > 0) {
      const next = edges.filter((edge) => front.has(edge[start]) && !found.edges.has(edge));
      for (const edge of next) found.edges.add(edge);
      front = new Set(next.map((edge) => edge[end]));
      for (const node of front) found.nodes.add(node);
    }
  }
  return found;
}

function frame(laid: LaidTopology, topology: PageTopology, content: readonly SVGElement[]): SVGSVGElement {
  const { vpcs, serviceNetworks, services, targetGroups } = topology;
  const counts = [
    `${vpcs.length} VPCs`,
    `${serviceNetworks.length} service networks`,
    `${services.length} services`,
    `${targetGroups.length} target groups`,
  ].join(', ');
  const title = shape('title', { id: 'picture-name' }, 'Who reaches what');
  const text = `${counts}. Lines lead from VPCs over service networks and services to target groups. The same as a list follows below.`;
  const firsts = new Map(laid.nodes.map(({ kind, x }) => [kind, x]));
  const heads = [...firsts].map(([kind, x]) => shape('text', { x, y: 22, class: 'head' }, TITLES[kind]));
  return shape(
    'svg',
    {
      viewBox: `0 0 ${laid.width} ${laid.height}`,
      width: laid.width,
      height: laid.height,
      role: 'group',
      'aria-labelledby': 'picture-name',
      'aria-describedby': 'picture-text',
    },
    title,
    shape('desc', { id: 'picture-text' }, text),
    ...heads,
    ...content,
  );
}

function drawEdge({ kind, label, x1, y1, x2, y2 }: LaidEdge): SVGGElement {
  const bend = (x2 - x1) / 2;
  const path = shape('path', { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` });
  // Past the middle, where lines of one rule have parted.
  const at = { x: x1 + (x2 - x1) * 0.62, y: y1 + (y2 - y1) * 0.68 + 4 };
  const text = label === '' ? undefined : shape('text', { ...at, 'text-anchor': 'middle' }, label);
  return shape('g', { class: `edge ${kind}`, 'aria-hidden': 'true' }, path, text);
}

function drawNode(node: LaidNode, topology: PageTopology): SVGGElement {
  const { x, y, width, height, kind, name, rows } = node;
  const { note, badge, spoken } = wordsOf(node, topology);
  const label = [`${KINDS[kind]} ${name}`, ...spoken].join(', ');
  const middle = note === '' ? y + 20.5 : y + 19;
  const room = badge === undefined ? width - 20 : width - 30 - badge.length * 6.6;
  return shape(
    'g',
    { class: `node ${kind}`, tabindex: 0, role: 'button', 'aria-pressed': 'false' },
    // Its name for those who can't see it, and what a pointer is told.
    shape('title', {}, label),
    shape('rect', { x, y, width, height, rx: 6, class: 'box' }),
    shape('text', { x: x + 10, y: middle, class: 'name' }, shortened(name, room / 7.3)),
    note === ''
      ? undefined
      : shape(
          'text',
          { x: x + 10, y: y + 36, class: 'note', 'aria-hidden': 'true' },
          shortened(note, (width - 20) / 6.3),
        ),
    badge === undefined ? undefined : drawBadge(badge, x + width - 8, y + 8),
    ...rows.flatMap((row) => [
      shape(
        'text',
        { x: x + (row.isRule ? 20 : 10), y: row.y + 4, class: row.isRule ? 'rule' : 'note', 'aria-hidden': 'true' },
        shortened(row.text, (width - 34 - row.note.length * 6.3) / 6.3),
      ),
      row.note === ''
        ? undefined
        : shape(
            'text',
            { x: x + width - 10, y: row.y + 4, class: 'note', 'text-anchor': 'end', 'aria-hidden': 'true' },
            row.note,
          ),
    ]),
  );
}

function drawBadge(text: string, right: number, top: number): SVGGElement {
  const width = text.length * 6.6 + 12;
  return shape(
    'g',
    { 'aria-hidden': 'true', class: `badge ${text === 'NONE' ? 'open' : text === 'AWS_IAM' ? 'guarded' : 'closed'}` },
    shape('rect', { x: right - width, y: top, width, height: 17, rx: 8.5 }),
    shape('text', { x: right - width / 2, y: top + 12.5, 'text-anchor': 'middle' }, text),
  );
}

interface NodeWords {
  readonly note: string;
  readonly badge: string | undefined;
  readonly spoken: readonly string[];
}

function wordsOf({ kind, name }: LaidNode, topology: PageTopology): NodeWords {
  const named = <Kind extends { readonly name: string }>(things: readonly Kind[]) =>
    things.find((thing) => thing.name === name);
  if (kind === 'vpc') {
    const id = named(topology.vpcs)?.id ?? '';
    return { note: id, badge: undefined, spoken: [id] };
  }
  if (kind === 'group') {
    const group = named(topology.targetGroups);
    const targets = group?.targets ?? [];
    const here =
      targets.length === 0 ? 'no target here' : targets.length === 1 ? targets[0] : `${targets.length} targets`;
    return { note: `${group?.type ?? ''} · ${here}`, badge: undefined, spoken: [group?.type ?? '', ...targets] };
  }
  if (kind === 'network') {
    const network = named(topology.serviceNetworks);
    const count = network?.services.length ?? 0;
    return { note: `${count} ${count === 1 ? 'service' : 'services'}`, ...guardWords(network) };
  }
  return { note: '', ...guardWords(named(topology.services)) };
}

/** `AWS_IAM` without a policy denies everything, which is worth a word. */
function guardWords(guard: PageGuard | undefined): Pick<NodeWords, 'badge' | 'spoken'> {
  const authType = guard?.authType ?? 'NONE';
  const isShut = authType === 'AWS_IAM' && guard?.hasPolicy === false;
  const spoken = isShut ? ['auth type AWS_IAM without a policy: denies everything'] : [`auth type ${authType}`];
  return { badge: isShut ? 'NO POLICY' : authType, spoken };
}

function shortened(text: string, length: number): string {
  const most = Math.max(4, Math.floor(length));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function flash(box: SVGGElement | undefined, outcome: PageOutcome): void {
  if (box === undefined) return;
  const name = `flash-${outcome}`;
  box.classList.add(name);
  setTimeout(() => box.classList.remove(name), FLASH_MS);
}

/** For a stack without anything to draw. */
export function emptyPicture(): HTMLElement {
  return element('p', { class: 'empty' }, 'The stack has no services.');
}
