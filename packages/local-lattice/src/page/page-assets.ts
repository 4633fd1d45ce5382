// page-assets.ts — the files that the page is made of: its document and style from here, its modules as the compiler
// left them in dist/page/browser. Read once, when first asked for.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PAGE_CSS } from './page-css.js';
import { PAGE_HTML, PAGE_ICON } from './page-html.js';

/** A file as it is served. */
export interface PageAsset {
  readonly type: string;
  readonly text: string;
}

const MODULES = [
  'main',
  'dom',
  'api',
  'topology-layout',
  'topology-picture',
  'topology-list',
  'request-table',
  'decision-tree',
  'try-form',
] as const;

const SCRIPT = 'text/javascript; charset=utf-8';

/** By path. */
export function createPageAssets(folder = builtFolder): ReadonlyMap<string, () => PageAsset> {
  const fixed: [string, () => PageAsset][] = [
    ['/', () => ({ type: 'text/html; charset=utf-8', text: PAGE_HTML })],
    ['/page/page.css', () => ({ type: 'text/css; charset=utf-8', text: PAGE_CSS })],
    ['/page/icon.svg', () => ({ type: 'image/svg+xml', text: PAGE_ICON })],
  ];
  const modules = MODULES.map((name): [string, () => PageAsset] => {
    let read: PageAsset | undefined;
    return [
      `/page/${name}.js`,
      () => {
        read ??= { type: SCRIPT, text: withoutMap(readFileSync(join(folder(), `${name}.js`), 'utf8')) };
        return read;
      },
    ];
  });
  return new Map([...fixed, ...modules]);
}

// By the package's own name: this module may be run from its source, what browsers run is compiled.
function builtFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@lattice-auth/local-lattice/package.json');
  return join(dirname(manifest), 'dist', 'page', 'browser');
}

// A browser's tools would ask for the map in vain.
const withoutMap = (text: string): string => text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
