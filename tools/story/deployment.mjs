// deployment.mjs: examples/eks-datastore on this machine: `lattice-auth dev`, which starts the two versions of the datastore
// behind their sidecars, and the frontend's pod. Ports are the usual ones where they are free.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, packages, root } from '../workspace.mjs';
import { endPrograms, portOr, startProgram, waitFor } from './processes.mjs';

export const example = 'examples/eks-datastore';

const cli = join(packages().find((one) => one.short === 'cli').dir, 'dist', 'main.js');

/** Starts everything into `programs`, which the caller ends. Resolves to what is where. */
export async function deploy(programs) {
  const lattice = await startLattice(programs);
  const frontendUrl = await startFrontend(programs, lattice);
  return { ...lattice, frontendUrl, ca: readFileSync(lattice.caFile, 'utf8') };
}

async function startLattice(programs) {
  const [http, https, control] = await Promise.all([portOr(7080), portOr(7443), portOr(7090)]);
  const ports = ['--http-port', http, '--https-port', https, '--control-port', control].map(String);
  const caDir = join(cacheDir, 'lattice-ca');
  const args = [cli, 'dev', '--stack', `${example}/stack.yaml`, '--ca-dir', caDir, ...ports, '--json'];
  const program = startProgram('lattice-auth dev', args, { cwd: root });
  programs.push(program);
  return waitFor(program, async () => {
    const line = program.output.split('\n').find((each) => each.startsWith('{') && each.includes('"controlUrl"'));
    return line === undefined ? undefined : JSON.parse(line);
  });
}

async function startFrontend(programs, { controlUrl, httpsUrl, caFile }) {
  const port = await portOr(8000);
  const env = {
    PORT: String(port),
    // What EKS Pod Identity sets; Lattice's own address is the only thing that differs from a cluster.
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${controlUrl}/credentials/aws-sigv4-client`,
    LATTICE_AUTH_PROXY_OUTBOUND_DESTINATION_TARGET_CONNECT: new URL(httpsUrl).host,
    LATTICE_AUTH_PROXY_OUTBOUND_UPSTREAM_TLS_CA_FILE: caFile,
  };
  const program = startProgram('the frontend', ['apps/pod.mjs', 'frontend'], { cwd: join(root, example), env });
  programs.push(program);
  const url = `http://127.0.0.1:${port}`;
  // Through all of it, so that the story doesn't wait in its middle.
  await waitFor(program, async () => ((await fetch(`${url}/summary`)).status === 200 ? true : undefined));
  return url;
}

export { endPrograms };
