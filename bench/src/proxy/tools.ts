// tools.ts — the programs that are measured against and with, from Debian's packages.
import { execFileSync, spawnSync } from 'node:child_process';

const TOOLS = { nginx: 'nginx-light', wrk: 'wrk', taskset: 'util-linux' };

/** Installs what is missing, where that is allowed. */
export function installTools(): void {
  for (const [command, debianPackage] of Object.entries(TOOLS)) {
    if (spawnSync('which', [command]).status === 0) continue;
    try {
      execFileSync('apt-get', ['install', '-y', '--no-install-recommends', debianPackage], { stdio: 'ignore' });
    } catch (cause) {
      throw new Error(`\`${command}\` is missing, and \`${debianPackage}\` cannot be installed`, { cause });
    }
  }
}
