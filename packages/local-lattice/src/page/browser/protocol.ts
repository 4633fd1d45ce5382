// protocol.ts — what the control port tells the page and the page tells it, as JSON. Types only: both sides read this file.

/** A rule of a listener, or its default action, in words. */
export interface PageRule {
  readonly name: string;
  /** What a request has to look like: `GET /orders*`; `otherwise` for the default action. */
  readonly match: string;
  /** Fixed answer, when that is the action. */
  readonly status: number | undefined;
  readonly forwards: readonly { readonly targetGroup: string; readonly weight: number; readonly share: number }[];
}

export interface PageListener {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  /** In the order in which they are tried, the default action last. */
  readonly rules: readonly PageRule[];
}

/** `hasPolicy` matters with `AWS_IAM` only: without a policy everything is denied. */
export interface PageGuard {
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly hasPolicy: boolean;
}

interface PageVpc {
  readonly name: string;
  readonly id: string;
}

interface PageNetwork extends PageGuard {
  readonly name: string;
  readonly vpcs: readonly string[];
  readonly vpcEndpoints: readonly string[];
  readonly services: readonly string[];
}

export interface PageService extends PageGuard {
  readonly name: string;
  readonly host: string;
  readonly listeners: readonly PageListener[];
}

export interface PageTargetGroup {
  readonly name: string;
  readonly type: string;
  /** What answers for it here; empty when nothing does. */
  readonly targets: readonly string[];
}

interface PagePrincipal {
  readonly name: string;
  readonly arn: string;
  readonly vpc: string | undefined;
}

/** `GET /api/topology`. */
export interface PageTopology {
  readonly file: string;
  readonly description: string | undefined;
  readonly httpUrl: string;
  readonly httpsUrl: string | undefined;
  readonly vpcs: readonly PageVpc[];
  readonly serviceNetworks: readonly PageNetwork[];
  readonly services: readonly PageService[];
  readonly targetGroups: readonly PageTargetGroup[];
  readonly principals: readonly PagePrincipal[];
}

/** What became of a request. `refused`: its signature did not hold; `stray`: no policy was asked. */
export type PageOutcome = 'allowed' | 'denied' | 'refused' | 'stray';

/** One line of the table; `GET /api/requests` gives the last ones, the newest at the end. */
export interface PageRequest {
  readonly id: string;
  readonly time: string;
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly caller: string | undefined;
  readonly vpc: string | undefined;
  readonly service: string | undefined;
  readonly status: number | undefined;
  readonly outcome: PageOutcome;
  /** Who or what decided, in a few words. */
  readonly decidedBy: string;
  readonly durationMs: number;
}

export type PageMark = 'yes' | 'no' | 'unsure';

/** An element of a statement, or one key of its conditions. */
export interface PageElement {
  readonly label: string;
  readonly mark: PageMark;
  readonly actual: string;
  readonly wanted: string;
  readonly hint: string | undefined;
  readonly place: string;
}

export interface PageStatement {
  readonly title: string;
  readonly place: string;
  readonly mark: PageMark;
  readonly verdict: string;
  readonly elements: readonly PageElement[];
}

/** One of the policies that all must allow. */
export interface PageLayer {
  readonly name: string;
  readonly verdict: string;
  /** `none`: not asked. */
  readonly mark: PageMark | 'none';
  /** One that denies: it is shown open. */
  readonly decides: boolean;
  readonly statements: readonly PageStatement[];
  /** Statements that are not sent, because there are too many. */
  readonly more: number;
}

/** An Allow that came near, and all that would have to differ. */
export interface PageNearMiss {
  readonly layer: string;
  readonly title: string;
  readonly place: string;
  readonly differences: readonly string[];
}

export interface PageDecision {
  readonly allowed: boolean;
  readonly heading: string;
  /** Lattice's own text. */
  readonly message: string;
  readonly facts: readonly PageFact[];
  readonly layers: readonly PageLayer[];
  readonly nearMisses: readonly PageNearMiss[];
  readonly assumptions: readonly string[];
  /** As `lattice-auth explain` prints it. */
  readonly text: string;
}

export interface PageFact {
  readonly name: string;
  readonly value: string;
}

/** Why a signature was refused. */
export interface PageSignature {
  readonly message: string;
  readonly reason: string;
  readonly hints: readonly string[];
  readonly canonicalRequest: string | undefined;
  readonly stringToSign: string | undefined;
}

/** `GET /api/requests/<id>/explanation`. */
export interface PageExplanation {
  readonly request: PageRequest;
  readonly facts: readonly PageFact[];
  /** Why no target answered, when none did and no policy is the reason. */
  readonly refusal: string | undefined;
  readonly signature: PageSignature | undefined;
  readonly decision: PageDecision | undefined;
}

/** Body of `POST /api/try`. */
export interface TryQuestion {
  /** A principal's name, or `anonymous`. */
  readonly principal: string;
  /** Default: the principal's own. */
  readonly vpc: string | undefined;
  readonly service: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

/** What came back. */
export interface TryAnswer {
  /** To ask why; undefined when the answer had none. */
  readonly id: string | undefined;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Whether the body went on. */
  readonly cut: boolean;
  readonly durationMs: number;
}

/** Any answer that is not what was asked for. */
export interface PageProblem {
  readonly problem: string;
}

/** Event `requests` of `GET /api/events`. `left` more came in the same moment and were left out. */
export interface PageRequestsEvent {
  readonly requests: readonly PageRequest[];
  readonly left: number;
}

/** Event `reload`. */
export interface PageReloadEvent {
  readonly problem: string | undefined;
}
