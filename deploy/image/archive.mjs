// archive.mjs: an image as one tar file that is an OCI archive (podman, skopeo, buildah, containerd) and, by one more file
// in it, what `docker load` of any age reads.
import { imageConfig } from './image-config.mjs';
import { sha256, tarOf } from './layer.mjs';

const TYPES = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};

const json = (value) => Buffer.from(JSON.stringify(value));
const blobPath = (digest) => `/blobs/${digest.replace(':', '/')}`;
const descriptor = (mediaType, bytes) => ({ mediaType, digest: sha256(bytes), size: bytes.length });

/** The archive, and of the image in it: its digest, and how it is run. */
export async function imageArchive({ arch, version, layers, tag }) {
  const settings = imageConfig({ arch, version, layers });
  const config = json(settings);
  const manifest = json({
    schemaVersion: 2,
    mediaType: TYPES.manifest,
    config: descriptor(TYPES.config, config),
    layers: layers.map(({ blob }) => descriptor(TYPES.layer, blob)),
  });
  const named = { 'org.opencontainers.image.ref.name': tag.split(':')[1], 'io.containerd.image.name': tag };
  const index = {
    schemaVersion: 2,
    mediaType: TYPES.index,
    manifests: [{ ...descriptor(TYPES.manifest, manifest), annotations: named }],
  };
  const forDocker = [
    {
      Config: blobPath(sha256(config)).slice(1),
      RepoTags: [tag],
      Layers: layers.map(({ digest }) => blobPath(digest).slice(1)),
    },
  ];
  const blobs = [config, manifest, ...layers.map(({ blob }) => blob)];
  const bytes = await tarOf([
    ...blobs.map((content) => ({ path: blobPath(sha256(content)), content })),
    { path: '/index.json', content: json(index) },
    { path: '/manifest.json', content: json(forDocker) },
    { path: '/oci-layout', content: json({ imageLayoutVersion: '1.0.0' }) },
  ]);
  return { bytes, digest: sha256(manifest), config: settings.config };
}
