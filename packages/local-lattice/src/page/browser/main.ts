// main.ts — the page: what is deployed, what comes by, and why.
import { follow, getRequests, getTopology } from './api.js';
import { byId } from './dom.js';
import type { PageTopology } from './protocol.js';
import { RequestTable } from './request-table.js';
import type { LaidNode } from './topology-layout.js';
import { listTopology } from './topology-list.js';
import { drawTopology, emptyPicture, type TopologyPicture } from './topology-picture.js';
import { TryForm } from './try-form.js';

const status = byId('connection', HTMLElement);
const problem = byId('problem', HTMLElement);
const filter = byId('filter', HTMLButtonElement);
const picture = byId('picture', HTMLElement);
const table = new RequestTable({
  body: byId('rows', HTMLTableSectionElement),
  empty: byId('empty', HTMLElement),
  pause: byId('pause', HTMLButtonElement),
  news: byId('news', HTMLElement),
});
const form = new TryForm((id) => void showWhy(id));
let drawn: TopologyPicture | undefined;

function showTopology(topology: PageTopology): void {
  document.title = `${topology.description ?? topology.file} – Local Lattice`;
  byId('about', HTMLElement).textContent = topology.description ?? topology.file;
  const ports = [topology.httpUrl, topology.httpsUrl].filter((url) => url !== undefined);
  byId('ports', HTMLElement).textContent = `listens at ${ports.join(' and ')}`;
  drawn = topology.services.length === 0 ? undefined : drawTopology(topology, selectNode);
  picture.replaceChildren(drawn?.svg ?? emptyPicture());
  byId('topology-list', HTMLElement).replaceChildren(listTopology(topology));
  form.use(topology);
}

function selectNode(node: LaidNode | undefined): void {
  const key = node?.kind === 'service' || node?.kind === 'vpc' ? node.kind : undefined;
  if (node === undefined || key === undefined) {
    narrow(undefined);
    return;
  }
  form.choose(key, node.name);
  narrow({ key, value: node.name });
}

function narrow(to: Parameters<RequestTable['narrow']>[0]): void {
  table.narrow(to);
  filter.hidden = to === undefined;
  filter.textContent = to === undefined ? '' : `Only ${to.key === 'vpc' ? 'VPC' : 'service'} ${to.value}: show all`;
}

filter.addEventListener('click', () => {
  drawn?.select(undefined);
  narrow(undefined);
  byId('pause', HTMLButtonElement).focus();
});

async function showWhy(id: string): Promise<void> {
  table.add(await getRequests(), false);
  narrow(undefined);
  drawn?.select(undefined);
  table.open(id);
}

async function refresh(): Promise<void> {
  const [topology, requests] = await Promise.all([getTopology(), getRequests()]);
  showTopology(topology);
  table.add(requests, false);
}

follow({
  onOpen() {
    status.textContent = 'live';
    status.className = 'live';
    refresh().catch(() => undefined);
  },
  onLost() {
    status.textContent = 'not connected; trying again';
    status.className = 'lost';
  },
  onRequests({ requests, left }) {
    for (const { service, outcome } of requests) if (service !== undefined) drawn?.flash(service, outcome);
    table.add(requests, true);
    byId('left', HTMLElement).textContent = left === 0 ? '' : `${left} more came too fast to be shown`;
  },
  onReload(event) {
    problem.hidden = event.problem === undefined;
    problem.textContent = event.problem === undefined ? '' : `The last good stack stays. ${event.problem}`;
    if (event.problem === undefined) getTopology().then(showTopology, () => undefined);
  },
});
