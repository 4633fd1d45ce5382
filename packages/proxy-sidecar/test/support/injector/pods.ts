// pods.ts: Pods as an apiserver hands them to a webhook: those of workloads have a generateName and no namespace; identity
// webhooks have been there before, or not.

type Object_ = Record<string, unknown>;

/** Asks for the sidecar, in our words. */
export const INJECT = { 'lattice-auth.io/inject': 'true' };

export interface PodParts {
  readonly annotations?: Record<string, string>;
  readonly metadata?: Object_;
  readonly spec?: Object_;
  /** Of the one container. */
  readonly app?: Object_;
}

/** A Pod with one container, as little as there can be. */
export function podWith({ annotations, metadata, spec, app }: PodParts = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'orders', ...(annotations && { annotations }), ...metadata },
    spec: { containers: [{ name: 'app', image: 'registry.example.com/orders:1', ...app }], ...spec },
  };
}

const IRSA_FOLDER = '/var/run/secrets/eks.amazonaws.com/serviceaccount';
const POD_IDENTITY_FOLDER = '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount';

const values = (env: Record<string, string>) => Object.entries(env).map(([name, value]) => ({ name, value }));

/** What the webhook of IRSA adds to a container, and to the Pod. */
export const IRSA = {
  app: {
    env: values({
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_REGION: 'eu-west-1',
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/orders',
      AWS_WEB_IDENTITY_TOKEN_FILE: `${IRSA_FOLDER}/token`,
    }),
    volumeMounts: [{ name: 'aws-iam-token', mountPath: IRSA_FOLDER, readOnly: true }],
  },
  spec: {
    volumes: [
      {
        name: 'aws-iam-token',
        projected: {
          sources: [
            { serviceAccountToken: { audience: 'sts.amazonaws.com', expirationSeconds: 86_400, path: 'token' } },
          ],
        },
      },
    ],
  },
};

/** What the webhook of EKS Pod Identity adds. */
export const POD_IDENTITY = {
  app: {
    env: values({
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
      AWS_REGION: 'eu-west-1',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: `${POD_IDENTITY_FOLDER}/eks-pod-identity-token`,
    }),
    volumeMounts: [{ name: 'eks-pod-identity-token', mountPath: POD_IDENTITY_FOLDER, readOnly: true }],
  },
  spec: {
    volumes: [
      {
        name: 'eks-pod-identity-token',
        projected: {
          sources: [
            {
              serviceAccountToken: {
                audience: 'pods.eks.amazonaws.com',
                expirationSeconds: 86_400,
                path: 'eks-pod-identity-token',
              },
            },
          ],
        },
      },
    ],
  },
};

/** An AdmissionReview as an apiserver sends it. */
export function reviewOf(object: unknown, request: Object_ = {}) {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      kind: { group: '', version: 'v1', kind: 'Pod' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      requestKind: { group: '', version: 'v1', kind: 'Pod' },
      requestResource: { group: '', version: 'v1', resource: 'pods' },
      namespace: 'shop',
      operation: 'CREATE',
      userInfo: {
        username: 'system:serviceaccount:kube-system:replicaset-controller',
        groups: ['system:authenticated'],
      },
      object,
      oldObject: null,
      dryRun: false,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
      ...request,
    },
  };
}
