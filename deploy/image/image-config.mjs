// image-config.mjs: how the image is run: user, command, labels. The Containerfile says the same to other builders; a test
// compares the two.

/** No user of the host, and what Kubernetes' `runAsNonRoot` can check: a number. */
export const UID = 65_532;

/** Flags of Node. The young generation is held as in `lifecycle/young-generation.ts`, here before the start. */
export const NODE_FLAGS = ['--max-semi-space-size=4'];

const ENTRYPOINT = ['/usr/bin/node', ...NODE_FLAGS, '/app/start.cjs'];

/** Time stamps in the image: none of them says anything, and the same inputs give the same bytes. */
export const EPOCH_SECONDS = Number(process.env.SOURCE_DATE_EPOCH ?? 0);

export const createdAt = () => new Date(EPOCH_SECONDS * 1000).toISOString().replace('.000Z', 'Z');

const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

/** Its name for the processor, as containers have it. */
const containerArch = (arch) => ARCHITECTURES[arch];

/** The image's labels. */
function labels(version) {
  return {
    'org.opencontainers.image.title': 'lattice-auth',
    'org.opencontainers.image.description': 'The sidecar for Amazon VPC Lattice, and its injector',
    'org.opencontainers.image.licenses': 'Apache-2.0',
    'org.opencontainers.image.version': version,
  };
}

/** The image's configuration, as the OCI image specification 1.1 has it. */
export function imageConfig({ arch, version, layers }) {
  return {
    created: createdAt(),
    architecture: containerArch(arch),
    os: 'linux',
    config: {
      User: `${UID}:${UID}`,
      Env: ['PATH=/usr/bin', 'HOME=/home/nonroot'],
      Entrypoint: ENTRYPOINT,
      WorkingDir: '/',
      Labels: labels(version),
      StopSignal: 'SIGTERM',
    },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map(({ about }) => ({ created: createdAt(), created_by: about })),
  };
}
