// rotate.ts: the injector's certificates in the cluster: kept in a Secret, made known to the apiserver in the webhook's
// configuration, renewed in time. Replicas need no leader: whoever comes first writes, the Secret's resourceVersion says who that
// was, and the others take what is there.
import type { Logger } from '../../log/logger.js';
import { isObject } from '../pod.js';
import type { ApiAnswer, CallApiserver } from './apiserver.js';
import { type KeptCertificates, type Lifetimes, readKept, renewed, writeKept } from './kept-certificates.js';
import type { CertifiedKey } from './make-certificates.js';

/** What is kept where. */
export interface RotationOptions {
  readonly call: CallApiserver;
  readonly namespace: string;
  readonly secret: string;
  /** Name of the MutatingWebhookConfiguration. */
  readonly webhook: string;
  /** Names that the apiserver calls the webhook by. */
  readonly hosts: readonly [string, ...string[]];
  readonly lifetimes: Lifetimes;
  readonly now: () => number;
}

/** Two replicas that begin at the same time need two attempts; more is a cluster in trouble. */
const ATTEMPTS = 5;

/**
 * Brings Secret and webhook up to date, and says what to serve with. The apiserver believes an authority before the first
 * certificate of it is served.
 */
export async function ensureCertificates(options: RotationOptions): Promise<CertifiedKey> {
  const kept = await keep(options);
  await publish(options, kept.bundle);
  return kept.serving;
}

async function keep(options: RotationOptions): Promise<KeptCertificates> {
  const { call, namespace, secret, hosts, now, lifetimes } = options;
  const all = `/api/v1/namespaces/${namespace}/secrets`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await call('GET', `${all}/${secret}`);
    if (found.status !== 200 && found.status !== 404) throw refusal('read the Secret', found);
    const before = found.status === 200 && isObject(found.body) ? found.body : undefined;
    const kept = readKept(before?.data);
    const wanted = renewed(kept, hosts, now(), lifetimes);
    if (wanted === kept) return kept;
    const data = writeKept(wanted);
    // With the resourceVersion that was read, the apiserver refuses to overwrite what another replica has written since.
    const written =
      before === undefined
        ? await call('POST', all, newSecret(options, data))
        : await call('PUT', `${all}/${secret}`, { ...before, data });
    if (written.status === 200 || written.status === 201) return wanted;
    if (written.status !== 409) throw refusal('write the Secret', written);
  }
  throw new Error('the Secret of the certificates is written by others all the time');
}

function newSecret({ namespace, secret }: RotationOptions, data: Record<string, string>): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: secret, namespace }, type: 'kubernetes.io/tls', data };
}

async function publish({ call, webhook }: RotationOptions, bundle: string): Promise<void> {
  const path = `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${webhook}`;
  const caBundle = Buffer.from(bundle).toString('base64');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await call('GET', path);
    if (found.status !== 200 || !isObject(found.body)) throw refusal('read the webhook configuration', found);
    const steps = patchOf(found.body, caBundle);
    if (steps.length === 0) return;
    const written = await call('PATCH', path, steps, 'application/json-patch+json');
    if (written.status === 200) return;
    if (written.status !== 409 && written.status !== 422) throw refusal('write the webhook configuration', written);
  }
  throw new Error('the webhook configuration is written by others all the time');
}

/** What gives each webhook this bundle, provided that nobody changes the configuration meanwhile. */
function patchOf({ webhooks, metadata }: Record<string, unknown>, caBundle: string): object[] {
  const list: unknown[] = Array.isArray(webhooks) ? webhooks : [];
  const steps = list.flatMap((one, i) => {
    const config = isObject(one) && isObject(one.clientConfig) ? one.clientConfig : {};
    return config.caBundle === caBundle
      ? []
      : [{ op: 'add', path: `/webhooks/${i}/clientConfig/caBundle`, value: caBundle }];
  });
  const version = isObject(metadata) ? metadata.resourceVersion : undefined;
  return steps.length === 0 ? [] : [{ op: 'test', path: '/metadata/resourceVersion', value: version }, ...steps];
}

/** The apiserver's own words may name what it was sent: only the status is said. */
function refusal(what: string, { status }: ApiAnswer): Error {
  return new Error(`the apiserver does not let the injector ${what}: ${status}`);
}

const LOOK_MS = 600_000;
const RETRY_MS = 15_000;

/** Keeps certificates in time until it is stopped; `renew` gets each new one. Failures leave the last one in place. */
export function followCertificates(
  options: RotationOptions,
  current: CertifiedKey,
  renew: (next: CertifiedKey) => void,
  logger: Logger,
  pauses: { readonly lookMs: number; readonly retryMs: number } = { lookMs: LOOK_MS, retryMs: RETRY_MS },
): () => void {
  let shown = current.certificate;
  let timer: NodeJS.Timeout;
  const again = (ms: number) => {
    // Replicas that started together do not look together.
    timer = setTimeout(() => void look(), ms * (0.75 + Math.random() / 2)).unref();
  };
  const look = async () => {
    try {
      const next = await ensureCertificates(options);
      if (next.certificate !== shown) {
        shown = next.certificate;
        renew(next);
        logger.info('the certificate of the webhook is renewed');
      }
      again(pauses.lookMs);
    } catch (error) {
      logger.error('the certificate of the webhook cannot be looked after', { error });
      again(pauses.retryMs);
    }
  };
  again(pauses.lookMs);
  return () => clearTimeout(timer);
}
