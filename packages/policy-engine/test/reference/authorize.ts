// The two ways of joining layers, read a second time from docs/evaluation.md: Lattice's (LATTICE) and the
// rule of any other service (IAM).
import { matchedStatements, principalEntries, principalTest, referenceEffect } from './evaluate.js';
import { asSession, latticeQuestion, readArn } from './keys.js';
import type { Caller, Effect, IamDocuments, Json, LatticeDocuments, LatticeQuestion, Question } from './question.js';

export interface LatticeVerdict {
  decision: 'allow' | 'deny';
  reason: 'allowed' | 'explicitDeny' | 'implicitDeny' | 'noPolicy';
  deniedBy: string | undefined;
}

/** What several policies that grant together say. */
function together(documents: readonly Json[], type: string, question: Question): Effect {
  const effects = documents.map((document) => referenceEffect(document, type, question));
  return effects.includes('explicitDeny') ? 'explicitDeny' : effects.includes('allow') ? 'allow' : 'implicitDeny';
}

/** Levels of which each must allow. */
function inTurn(effects: readonly Effect[]): Effect {
  if (effects.includes('explicitDeny')) return 'explicitDeny';
  return effects.every((effect) => effect === 'allow') ? 'allow' : 'implicitDeny';
}

const levels = (documents: readonly (readonly Json[])[] = [], type: string, question: Question) =>
  inTurn(documents.map((level) => together(level, type, question)));

const isServiceLinked = (caller: Caller) => /:role\/aws-service-role\//.test(asSession(caller).roleArn ?? caller.arn);

// ---- Lattice ---------------------------------------------------------------------------------------------------------
export function referenceLattice(documents: LatticeDocuments, request: LatticeQuestion): LatticeVerdict {
  const question = latticeQuestion(documents, request);
  const sides = [
    ['serviceNetwork', documents.serviceNetwork],
    ['service', documents.service],
  ] as const;
  const layers: [string, Effect | 'noPolicy'][] = sides
    .filter(([, side]) => side.authType === 'AWS_IAM')
    .map(([name, side]) => [name, side.policy ? referenceEffect(side.policy, 'auth', question) : 'noPolicy']);
  if (layers.length > 0) layers.push(...callerSide(request, question)); // LATTICE-NONE
  const denial =
    layers.find(([, effect]) => effect === 'explicitDeny') ?? layers.find(([, effect]) => effect !== 'allow');
  if (denial === undefined) return { decision: 'allow', reason: 'allowed', deniedBy: undefined };
  return { decision: 'deny', reason: denial[1] as LatticeVerdict['reason'], deniedBy: denial[0] };
}

function callerSide({ caller }: LatticeQuestion, question: Question): [string, Effect | 'noPolicy'][] {
  const { principal } = question;
  if (principal === 'anonymous' || caller === 'assume-allowed') return [];
  const { identity = [], permissionsBoundary, session, scps } = caller ?? {};
  const { kind } = readArn(principal.arn);
  const root = kind === 'root';
  const said = together(identity, 'identity', question);
  const exempt =
    readArn(principal.arn).account === '' || principal.inManagementAccount === true || isServiceLinked(principal);
  return [
    ['scp', exempt ? 'allow' : levels(scps, 'scp', question)],
    ['identity', root && said !== 'explicitDeny' ? 'allow' : said],
    [
      'permissionsBoundary',
      permissionsBoundary ? referenceEffect(permissionsBoundary, 'permissionsBoundary', question) : 'allow',
    ],
    [
      'session',
      session ? together(session, 'session', question) : kind === 'federated-user' ? 'implicitDeny' : 'allow', // LATTICE-FEDERATED
    ],
  ];
}

// ---- any other service -----------------------------------------------------------------------------------------------
/** IAM-1 to IAM-7. */
export function referenceIam(layers: IamDocuments, request: Question & { resourceAccount: string }): Effect {
  const { principal } = request;
  const question = { ...request, boundary: layers.permissionsBoundary !== undefined };
  const who = readArn(principal === 'anonymous' ? '' : principal.arn);
  const alone = principal === 'anonymous' || /^service$|-provider$/.test(who.kind); // IAM-3
  const linked = principal !== 'anonymous' && isServiceLinked(principal);
  const exempt = linked || who.account === '' || (principal !== 'anonymous' && principal.inManagementAccount === true);
  const own = (documents: readonly Json[] | undefined, type: string, absent: Effect) =>
    alone || documents === undefined ? absent : together(documents, type, question);
  const resource = layers.resource ? referenceEffect(layers.resource, 'resource', question) : 'implicitDeny';
  const identity = own(layers.identity, 'identity', 'implicitDeny');
  const boundary = own(layers.permissionsBoundary && [layers.permissionsBoundary], 'permissionsBoundary', 'allow');
  const session = own(layers.session, 'session', who.kind === 'federated-user' ? 'implicitDeny' : 'allow'); // IAM-6
  const outer = inTurn([
    linked ? 'allow' : levels(layers.rcps, 'rcp', question),
    exempt ? 'allow' : levels(layers.scps, 'scp', question),
    layers.vpcEndpoint ? together(layers.vpcEndpoint, 'vpcEndpoint', question) : 'allow',
  ]);
  if ([outer, resource, identity, boundary, session].includes('explicitDeny')) return 'explicitDeny';
  if (outer !== 'allow') return 'implicitDeny';
  const grants = layers.resource ? grantsOf(layers.resource, question) : [];
  if (alone) return grants.includes('direct') ? 'allow' : 'implicitDeny';
  const limits = boundary === 'allow' && session === 'allow';
  const callerSide = limits && (identity === 'allow' || who.kind === 'root');
  if (who.account !== request.resourceAccount) return callerSide ? resource : 'implicitDeny';
  const granted = grants.includes('direct') || (limits && grants.includes('limited'));
  return granted || callerSide ? 'allow' : 'implicitDeny';
}

/** IAM-4: how the statements of a resource policy that allow this caller name it. */
function grantsOf(document: Json, question: Question): ('direct' | 'limited' | 'delegated')[] {
  return matchedStatements(document, 'resource', question).flatMap((statement) => {
    if (statement.NotPrincipal !== undefined) return ['direct' as const];
    return principalEntries(statement.Principal)
      .filter(([kind, text]) => principalTest(kind, text, question.principal) === 2)
      .map(([kind, text]) => {
        if (kind === 'CanonicalUser' || /^\d+$|:root$/.test(text)) return 'delegated';
        if (/^AROA|:role\//.test(text)) return 'limited';
        const { principal } = question;
        return principal !== 'anonymous' && /:user\//.test(text) && text !== principal.arn ? 'limited' : 'direct';
      });
  });
}
