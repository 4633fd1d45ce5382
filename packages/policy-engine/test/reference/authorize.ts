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
  const root = readArn(principal.arn).kind === 'root';
  const said = together(identity, 'identity', question);
  const exempt = principal.inManagementAccount === true || isServiceLinked(principal);
  return [
    ['scp', exempt ? 'allow' : levels(scps, 'scp', question)],
    ['identity', root && said !== 'explicitDeny' ? 'allow' : caller === undefined ? 'noPolicy' : said],
    [
      'permissionsBoundary',
      permissionsBoundary ? referenceEffect(permissionsBoundary, 'permissionsBoundary', question) : 'allow',
    ],
    ['session', session ? together(session, 'session', question) : 'allow'],
  ];
}

// ---- any other service -----------------------------------------------------------------------------------------------
/** IAM-1 to IAM-7. */
export function referenceIam(layers: IamDocuments, request: Question & { resourceAccount: string }): Effect {
  const { principal } = request;
  const question = { ...request, boundary: layers.permissionsBoundary !== undefined };
  const who = principal === 'anonymous' ? undefined : readArn(principal.arn);
  const alone = principal === 'anonymous' || who?.kind === 'service';
  const exempt = alone || principal.inManagementAccount === true || isServiceLinked(principal);
  const linked = principal !== 'anonymous' && isServiceLinked(principal);
  const resource = layers.resource ? referenceEffect(layers.resource, 'resource', question) : 'implicitDeny';
  const identity = alone ? 'implicitDeny' : together(layers.identity, 'identity', question);
  const boundary =
    alone || !layers.permissionsBoundary
      ? 'allow'
      : referenceEffect(layers.permissionsBoundary, 'permissionsBoundary', question);
  const federated = who?.kind === 'federated-user';
  const session = alone
    ? 'allow'
    : layers.session
      ? together(layers.session, 'session', question)
      : federated
        ? 'implicitDeny'
        : 'allow';
  const outer = inTurn([
    linked ? 'allow' : levels(layers.rcps, 'rcp', question),
    exempt ? 'allow' : levels(layers.scps, 'scp', question),
    layers.vpcEndpoint ? together(layers.vpcEndpoint, 'vpcEndpoint', question) : 'allow',
  ]);
  if ([outer, resource, identity, boundary, session].includes('explicitDeny')) return 'explicitDeny';
  if (outer !== 'allow') return 'implicitDeny';
  if (alone) return resource;
  const limits = boundary === 'allow' && session === 'allow';
  const callerSide = limits && (identity === 'allow' || who?.kind === 'root');
  if (who?.account !== request.resourceAccount) return callerSide ? resource : 'implicitDeny';
  const grants = layers.resource ? grantsOf(layers.resource, question, principal) : [];
  const granted = grants.includes('direct') || (limits && grants.includes('limited'));
  return granted || callerSide ? 'allow' : 'implicitDeny';
}

/** IAM-4: how the statements of a resource policy that allow this caller name it. */
function grantsOf(document: Json, question: Question, caller: Caller): ('direct' | 'limited' | 'delegated')[] {
  return matchedStatements(document, 'resource', question).flatMap((statement) => {
    if (statement.NotPrincipal !== undefined) return ['direct' as const];
    return principalEntries(statement.Principal)
      .filter(([kind, text]) => principalTest(kind, text, caller) === 2)
      .map(([, text]) => {
        if (/^\d+$|:root$/.test(text)) return 'delegated';
        if (/^AROA|:role\//.test(text)) return 'limited';
        return readArn(caller.arn).kind === 'federated-user' && text === caller.federatedBy ? 'limited' : 'direct';
      });
  });
}
