// who-may-call.ts: the table of a stack: which caller may call what from where, and who says no. Every principal and an
// anonymous caller, from every VPC, to every service, on the paths that the service's own rules speak of.
import { authorizerFor, type Listener, requestFor, type Service, type Stack } from '@lattice-auth/stack';
import type { Colors } from '../io.js';
import { columns, displayWidth } from '../table.js';

/** What a service is asked for. */
interface Target {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly port: number | undefined;
}

/** One cell: allowed, who denies, or no way there. */
type Cell = 'allow' | 'unreachable' | string;

interface Row {
  readonly caller: string;
  readonly vpcs: readonly string[];
  readonly cells: readonly Cell[];
}

/** Columns of one table; a stack with more targets gets several. */
const TARGETS_PER_TABLE = 6;

/** The table, as wide as `width` allows. */
export function whoMayCall(stack: Stack, colors: Colors, width: number): string {
  const targets = Object.values(stack.services).flatMap(targetsOf);
  let tables = tablesOf(stack, targets, TARGETS_PER_TABLE, colors);
  for (let size = TARGETS_PER_TABLE - 1; size > 0 && widest(tables) > width; size -= 1) {
    tables = tablesOf(stack, targets, size, colors);
  }
  return `${colors.bold('who may call what, from where')}\n${tables.join('\n')}${legend(colors)}`;
}

function tablesOf(stack: Stack, targets: readonly Target[], size: number, colors: Colors): string[] {
  const tables: string[] = [];
  for (let at = 0; at < targets.length; at += size) tables.push(table(stack, targets.slice(at, at + size), colors));
  return tables;
}

function widest(tables: readonly string[]): number {
  return Math.max(0, ...tables.flatMap((text) => text.split('\n').map(displayWidth)));
}

// Two methods on one path are two questions; what no rule speaks of is asked for as `/`.
function targetsOf(service: Service): Target[] {
  const listeners = Object.values(service.listeners);
  const found = new Map<string, Target>();
  for (const listener of listeners)
    for (const target of ofListener(service, listener)) found.set(heading(target), target);
  const plain = { service: service.name, method: 'GET', path: '/', port: undefined };
  return found.size > 0 ? [...found.values()] : [plain];
}

function ofListener(service: Service, { port, protocol, rules }: Listener): Target[] {
  const base = { service: service.name, port };
  if (protocol === 'TLS_PASSTHROUGH') return [{ ...base, method: 'TLS', path: '' }];
  const matches = rules.map(({ match }) => ({ method: match.method ?? 'GET', path: match.path?.text ?? '/' }));
  return (matches.length > 0 ? matches : [{ method: 'GET', path: '/' }]).map((match) => ({ ...base, ...match }));
}

const heading = ({ service, method, path }: Target) => `${service} ${method} ${path}`;

function table(stack: Stack, targets: readonly Target[], colors: Colors): string {
  const rows = [...Object.keys(stack.principals), 'anonymous'].flatMap((caller) => rowsOf(stack, caller, targets));
  const dim = (text: string) => colors.dim(text);
  const services = targets.map(({ service }, i) => (targets[i - 1]?.service === service ? '' : colors.bold(service)));
  const paths = targets.map(({ method, path }) => dim(`${method} ${path}`.trim()));
  const printed = rows.map(({ caller, vpcs, cells }, i) => [
    rows[i - 1]?.caller === caller ? '' : caller,
    dim(vpcs.join(', ')),
    ...cells.map((cell) => paint(cell, colors)),
  ]);
  const lines = columns([['', '', ...services], ['', dim('from'), ...paths], ...printed]);
  return lines.map((line) => `  ${line}`.trimEnd().concat('\n')).join('');
}

// VPCs from which a caller gets the same answers share a row.
function rowsOf(stack: Stack, caller: string, targets: readonly Target[]): Row[] {
  const vpcs = Object.keys(stack.vpcs);
  const rows: { caller: string; vpcs: string[]; cells: Cell[] }[] = [];
  for (const vpc of vpcs.length > 0 ? vpcs : [undefined]) {
    const cells = targets.map((target) => cellOf(stack, caller, vpc, target));
    const same = rows.find((row) => row.cells.every((cell, i) => cell === cells[i]));
    if (same === undefined) rows.push({ caller, vpcs: vpc === undefined ? [] : [vpc], cells });
    else if (vpc !== undefined) same.vpcs.push(vpc);
  }
  const reached = rows.filter(({ cells }) => cells.some((cell) => cell !== 'unreachable'));
  return reached.length > 0 ? reached : rows;
}

function cellOf(stack: Stack, from: string, vpc: string | undefined, { service, method, path, port }: Target): Cell {
  const http = method === 'TLS' ? {} : { method, path };
  const asked = requestFor(stack, { from, to: service, vpc, port, ...http });
  if (asked.kind === 'unreachable') return 'unreachable';
  const { decision, deniedBy } = authorizerFor(stack, asked).authorize(asked.request);
  return decision === 'allow' ? 'allow' : (deniedBy ?? 'deny');
}

function paint(cell: Cell, colors: Colors): string {
  if (cell === 'allow') return colors.green('✓');
  return cell === 'unreachable' ? colors.dim('– no way') : colors.red(`✗ ${cell}`);
}

function legend(colors: Colors): string {
  return colors.dim('  ✓ allowed   ✗ denied, by whose policy   – no network leads there\n');
}
