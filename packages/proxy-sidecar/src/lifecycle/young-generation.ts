// young-generation.ts: holds V8's young generation small. Under load Node 24 lets it grow to twice 64 MiB, which makes a
// sidecar's memory a third larger twice over and buys it little (docs/performance.md). The flag that says so has to be given
// before the start; what can be changed later is by how much the space grows when it is full.
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Both halves together. */
const YOUNG_BYTES_MAX = 8 * 2 ** 20;
const OWN_FLAG = /--max-semi-space-size/;

/** Starts to watch, unless the one who started Node has said how large it may be. */
export function holdYoungGeneration(execArgv: readonly string[], nodeOptions: string | undefined): void {
  if (OWN_FLAG.test(execArgv.join(' ')) || OWN_FLAG.test(nodeOptions ?? '')) return;
  let grows = true;
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    const mayGrow = (young?.space_size ?? 0) < YOUNG_BYTES_MAX;
    if (mayGrow === grows) return;
    grows = mayGrow;
    setFlagsFromString(`--semi-space-growth-factor=${grows ? 2 : 1}`);
  });
  observer.observe({ entryTypes: ['gc'] });
}
