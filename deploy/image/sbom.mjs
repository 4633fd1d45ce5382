// sbom.mjs: what is in the image, as an SPDX 2.3 document. In the image, and beside the archive.
import { createHash } from 'node:crypto';
import { createdAt } from './image-config.mjs';

/** The document for what `rootfs` found. */
export function spdxDocument({ version, node, debian, npm }, arch) {
  const image = spdxPackage('lattice-auth', version, 'Apache-2.0', `pkg:oci/lattice-auth?arch=${arch}`);
  const parts = [
    spdxPackage('node', node, 'MIT', `pkg:github/nodejs/node@v${node}`),
    ...debian.map(({ name, version: of }) => spdxPackage(name, of, undefined, debianUrl(name, of, arch))),
    ...npm.map(({ name, version: of, license }) => spdxPackage(name, of, license, npmUrl(name, of))),
  ];
  const relate = (from, relationshipType, to) => ({
    spdxElementId: from,
    relationshipType,
    relatedSpdxElement: to,
  });
  const body = {
    packages: [image, ...parts],
    relationships: [
      relate('SPDXRef-DOCUMENT', 'DESCRIBES', image.SPDXID),
      ...parts.map(({ SPDXID }) => relate(image.SPDXID, 'CONTAINS', SPDXID)),
    ],
  };
  const id = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `lattice-auth-${version}-linux-${arch}`,
    documentNamespace: `https://spdx.org/spdxdocs/lattice-auth-${version}-${id}`,
    creationInfo: { created: createdAt(), creators: ['Tool: lattice-auth-deploy-image'] },
    ...body,
  };
}

function spdxPackage(name, version, licence, url) {
  return {
    name,
    SPDXID: `SPDXRef-${`${name}-${version}`.replaceAll(/[^A-Za-z0-9.-]/g, '-')}`,
    ...(version === undefined ? {} : { versionInfo: version }),
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: licence ?? 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: url }],
  };
}

const npmUrl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function debianUrl(name, version, arch) {
  const at = version === undefined ? '' : `@${encodeURIComponent(version)}`;
  return `pkg:deb/debian/${name.replaceAll('+', '%2B')}${at}?arch=${arch === 'x64' ? 'amd64' : arch}`;
}
