// start-local-lattice.ts — the library call: a data plane for tests and for the command, open and ready, or nothing at all.
import type { Stack } from '@lattice-auth/stack';
import { type StackDocument, stackLoader } from './load-input.js';
import type { LocalLattice, LocalLatticeOptions } from './local-lattice.js';
import { RunningLattice } from './running-lattice.js';

/**
 * Starts a data plane on loopback.
 *
 * @example
 * const lattice = await startLocalLattice('stack.yaml');
 * const response = await lattice.fetchAs('web')(`${lattice.urlOf('orders')}/orders/7`);
 * await lattice.close();
 * @throws {StackError} when something is wrong with the stack
 * @throws {LocalLatticeError} `ERR_LOCAL_LISTEN` for a port that can't be opened, `ERR_LOCAL_FILE` for a file that can't
 *   be written, `ERR_LOCAL_REFERENCE` for keys that two principals share
 */
export async function startLocalLattice(
  input: Stack | StackDocument | string,
  options: LocalLatticeOptions = {},
): Promise<LocalLattice> {
  const folder = options.folder ?? process.cwd();
  const load = stackLoader(input, folder);
  const running = new RunningLattice(await load(), load, folder, options);
  try {
    await running.open(options);
  } catch (error) {
    await running.close();
    throw error;
  }
  return running;
}
