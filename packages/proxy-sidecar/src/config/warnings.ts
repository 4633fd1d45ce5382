// warnings.ts: settings that work and that nobody should have without knowing: said once in the log when the sidecar starts.
import { isIP } from 'node:net';
import type { ListenConfig, SidecarConfig } from './sidecar-config.js';
import { defaults } from './sidecar-config.js';

/** Lines for the log. */
export function warningsOf(config: SidecarConfig): string[] {
  const { outbound, inbound, extAuthz, admin } = config;
  const found: string[] = [];
  const warn = (when: boolean, text: string) => {
    if (when) found.push(text);
  };
  const guarded = outbound.tls?.clientCaFile !== undefined;
  warn(
    outbound.enabled && !isLocal(outbound.listen) && !guarded,
    `outbound listens on ${outbound.listen.host}: whoever can reach it is signed for as this app`,
  );
  warn(admin.enabled && !isLocal(admin.listen), `admin listens on ${admin.listen.host}: metrics can be read there`);
  warn(!outbound.upstream.tls.verify, 'certificates of upstreams are not checked');
  warn(
    outbound.enabled && outbound.upstream.scheme === 'http',
    'requests go out over plain http: Lattice does not sign bodies, so that nothing protects them on the way',
  );
  warn(
    outbound.enabled && outbound.signing.service !== defaults.outbound.signing.service,
    `payloads are not signed; the service ${outbound.signing.service} may want them to be`,
  );
  warn(
    outbound.allow.length > 0 && outbound.allow.some((host) => /^\*\.[^.]+$/.test(host)),
    'outbound.allow has a whole top-level domain',
  );
  const loopback = inbound.trustedPeers.some((peer) => /^127\.|^::1(?:\/|$)/.test(peer));
  warn(
    inbound.enabled && loopback,
    'inbound believes identity headers from loopback: any process of the pod can write them',
  );
  warn(
    inbound.enabled && inbound.trustedPeers.some((peer) => peer.endsWith('/0')),
    'inbound believes identity headers from everybody',
  );
  warn(
    extAuthz.enabled && !isLocal(extAuthz.listen) && extAuthz.tls?.clientCaFile === undefined,
    `extAuthz listens on ${extAuthz.listen.host}: whoever can reach it can find out what the policies allow`,
  );
  warn(
    extAuthz.enabled && extAuthz.trustedPeers.some((peer) => peer.endsWith('/0')),
    'extAuthz believes identity headers from everybody',
  );
  warn(extAuthz.enabled && extAuthz.mode === 'shadow', 'extAuthz is in shadow: it allows everything');
  return found;
}

function isLocal({ host, path }: ListenConfig): boolean {
  if (path !== undefined || host === 'localhost') return true;
  return isIP(host) === 4 ? host.startsWith('127.') : host === '::1';
}
