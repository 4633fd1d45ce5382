// review.ts: an AdmissionReview answered (admission.k8s.io/v1). A Pod is refused only when it asked for the sidecar and asked
// for it wrongly; whatever else cannot be understood is let through as it is, with a warning: a webhook that misunderstands
// must not be what keeps a cluster's Pods from starting.
import { asksForSidecar } from './annotations.js';
import { type Injection, injectPod } from './inject.js';
import type { InjectorConfig } from './injector-config.js';
import { jsonPatch } from './json-patch.js';
import { annotationsOf, isObject, isPod } from './pod.js';

/** What the apiserver is answered. */
interface AdmissionResponse {
  readonly uid: string;
  readonly allowed: boolean;
  readonly patchType?: 'JSONPatch';
  /** JSON, in base64. */
  readonly patch?: string;
  readonly status?: { readonly code: number; readonly reason: string; readonly message: string };
  readonly warnings?: readonly string[];
}

/** An answer, and what to log of it. */
export interface Reviewed {
  readonly body: {
    readonly apiVersion: 'admission.k8s.io/v1';
    readonly kind: 'AdmissionReview';
    readonly response: AdmissionResponse;
  };
  readonly outcome: 'untouched' | 'injected' | 'unchanged' | 'refused' | 'not understood';
  readonly namespace: string;
  /** Name, or what it will begin with. */
  readonly name: string;
}

/** The body is no AdmissionReview that can be answered. The message is for the apiserver's log. */
export class ReviewError extends Error {
  override readonly name = 'ReviewError';
}

// SPEC: the apiserver's advice for warnings: at most 256 characters each, 4096 in all.
const WARNING_CHARS_MAX = 256;
const WARNINGS_MAX = 8;

/**
 * Answers one review.
 *
 * @throws {ReviewError} for what is none, or of another version: there is no uid to answer to then
 */
export function answerReview(body: string, config: InjectorConfig): Reviewed {
  const request = requestOf(body);
  const { object } = request;
  const namespace = textOf(request.namespace);
  const metadata = isObject(object) && isObject(object.metadata) ? object.metadata : {};
  const about = { namespace, name: textOf(metadata.name) || textOf(metadata.generateName) };
  const isCreation = request.operation === undefined || request.operation === 'CREATE';
  if (!isCreation || !isKindPod(request.kind) || textOf(request.subResource) !== '') {
    return { ...about, ...answer(request.uid, { kind: 'untouched', warnings: [] }, object) };
  }
  if (!isPod(object)) return { ...about, ...misunderstood(request.uid, object) };
  return { ...about, ...answer(request.uid, injectPod(object, namespace, config), object) };
}

interface ReviewRequest extends Record<string, unknown> {
  readonly uid: string;
}

function requestOf(body: string): ReviewRequest {
  let review: unknown;
  try {
    review = JSON.parse(body);
  } catch (cause) {
    throw new ReviewError('the body is not JSON', { cause });
  }
  if (!isObject(review) || review.kind !== 'AdmissionReview') throw new ReviewError('the body is no AdmissionReview');
  if (review.apiVersion !== 'admission.k8s.io/v1') {
    const version = textOf(review.apiVersion).slice(0, 64);
    throw new ReviewError(`\`${version}\` is not spoken here: set admissionReviewVersions to ["v1"]`);
  }
  const { request } = review;
  if (!isObject(request) || typeof request.uid !== 'string' || request.uid === '') {
    throw new ReviewError('the AdmissionReview has no request with a uid');
  }
  return request as ReviewRequest;
}

function isKindPod(kind: unknown): boolean {
  return isObject(kind) && textOf(kind.group) === '' && kind.version === 'v1' && kind.kind === 'Pod';
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Not a Pod as we know them. Who asked for the sidecar gets a no; all others are none of our business. */
function misunderstood(uid: string, object: unknown): Pick<Reviewed, 'body' | 'outcome'> {
  const problem = 'the Pod cannot be read';
  if (asksForSidecar(annotationsOf(object)))
    return { ...answer(uid, { kind: 'refused', problems: [problem] }, object), outcome: 'not understood' };
  const warnings = [`${problem}: no sidecar is added`];
  return { ...answer(uid, { kind: 'untouched', warnings }, object), outcome: 'not understood' };
}

function answer(uid: string, injection: Injection, object: unknown): Pick<Reviewed, 'body' | 'outcome'> {
  if (injection.kind === 'refused') {
    const message = `lattice-auth: ${injection.problems.join('; ')}`;
    return {
      outcome: 'refused',
      body: review({ uid, allowed: false, status: { code: 422, reason: 'Invalid', message } }),
    };
  }
  const patch = injection.kind === 'injected' ? jsonPatch(object, injection.pod) : [];
  const allowed = { uid, allowed: true, ...warningsOf(injection.warnings) };
  if (patch.length === 0) {
    const outcome = injection.kind === 'injected' ? 'unchanged' : 'untouched';
    return { outcome, body: review(allowed) };
  }
  const encoded = Buffer.from(JSON.stringify(patch)).toString('base64');
  return { outcome: 'injected', body: review({ ...allowed, patchType: 'JSONPatch', patch: encoded }) };
}

const review = (response: AdmissionResponse): Reviewed['body'] => ({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  response,
});

function warningsOf(warnings: readonly string[]): Pick<AdmissionResponse, 'warnings'> {
  if (warnings.length === 0) return {};
  return {
    warnings: warnings.slice(0, WARNINGS_MAX).map((text) => `lattice-auth: ${text}`.slice(0, WARNING_CHARS_MAX)),
  };
}
