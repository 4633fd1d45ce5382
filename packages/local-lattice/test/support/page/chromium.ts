// chromium.ts — Debian's Chromium, where it is installed. It asks nobody but this machine for anything.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';

export const hasChromium = existsSync(EXECUTABLE);

if (!hasChromium) {
  process.stderr.write(`the page is not tested: there is no ${EXECUTABLE} (Debian: apt-get install chromium)\n`);
}

export function launchChromium(): Promise<Browser> {
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: EXECUTABLE, args });
}
