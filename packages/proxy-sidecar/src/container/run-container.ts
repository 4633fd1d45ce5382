// run-container.ts: what the container image runs: the sidecar or, when the first argument says so, the injector.
import { type ProxyRun, runProxy } from '../run-proxy.js';

/** As in sysexits: EX_USAGE. */
const BAD_USAGE = 64;

/**
 * Runs one of the image's programs to its end; resolves to its exit code. A flag as first argument, or none, is the
 * sidecar: so that a container's `args` are those of `lattice-auth-proxy`, as with aws-sigv4-proxy's image.
 */
export async function runContainer(run: ProxyRun): Promise<number> {
  const [first, ...rest] = run.argv;
  if (first === undefined || first.startsWith('-')) return runProxy(run);
  if (first === 'proxy') return runProxy({ ...run, argv: rest });
  if (first === 'injector') {
    const { runInjector } = await import('../injector/run-injector.js');
    return runInjector({ ...run, argv: rest });
  }
  run.stderr(
    `\`${first.slice(0, 80)}\` is not a program of this image: \`proxy\` or \`injector\` (ERR_SIDECAR_CONFIG)\n`,
  );
  return BAD_USAGE;
}
