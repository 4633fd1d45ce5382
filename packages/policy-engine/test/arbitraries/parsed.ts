// Turns generated documents into what the engine takes: parsed policies, and policies around a request.
import {
  type CallerPolicies,
  type IamLayers,
  type LatticePolicies,
  type LatticeRequest,
  type Policy,
  type PolicyType,
  parsePolicy,
} from '../../src/index.js';
import type { CallerDocuments, IamDocuments, Json, LatticeDocuments, LatticeQuestion } from '../reference/question.js';

const one = (document: Json | undefined, type: PolicyType): Policy | undefined =>
  document === undefined ? undefined : parsePolicy(document, { type });
const list = (documents: readonly Json[], type: PolicyType): Policy[] =>
  documents.map((document) => parsePolicy(document, { type }));
const levels = (documents: readonly (readonly Json[])[] | undefined, type: PolicyType) =>
  documents?.map((level) => list(level, type));

function ownPolicies(documents: CallerDocuments): CallerPolicies {
  const { identity, permissionsBoundary, session, scps } = documents;
  return {
    identity: list(identity, 'identity'),
    permissionsBoundary: one(permissionsBoundary, 'permissionsBoundary'),
    session: session === undefined ? undefined : list(session, 'session'),
    scps: levels(scps, 'scp'),
  };
}

export function parsedLattice({ serviceNetwork, service }: LatticeDocuments): LatticePolicies {
  return {
    serviceNetwork: { ...serviceNetwork, policy: one(serviceNetwork.policy, 'auth') },
    service: { ...service, policy: one(service.policy, 'auth') },
  };
}

export function parsedCaller(request: LatticeQuestion): LatticeRequest {
  const { caller } = request;
  const own = typeof caller === 'object' ? ownPolicies(caller) : caller;
  return { ...request, caller: own } as LatticeRequest;
}

export function parsedIam(documents: IamDocuments): IamLayers {
  const { resource, rcps, vpcEndpoint } = documents;
  return {
    ...ownPolicies(documents),
    resource: one(resource, 'resource'),
    rcps: levels(rcps, 'rcp'),
    vpcEndpoint: vpcEndpoint === undefined ? undefined : list(vpcEndpoint, 'vpcEndpoint'),
  };
}
