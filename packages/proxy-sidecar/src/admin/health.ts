// health.ts: is the sidecar ready for traffic? Parts register a check; readiness is that all are well and nobody is leaving.
// Liveness is not here: a process that answers at all is alive.

/** How one part is. */
export interface CheckResult {
  readonly ok: boolean;
  /** For people; no secrets. */
  readonly detail?: string | undefined;
}

/** What `/ready` says. */
export interface HealthReport {
  readonly ready: boolean;
  readonly checks: readonly (CheckResult & { readonly name: string })[];
}

/** Collects the checks of all parts. */
export class Health {
  readonly #checks = new Map<string, () => CheckResult>();
  #draining = false;

  /** A part and how to ask it; must be quick and must not throw. */
  add(name: string, check: () => CheckResult): void {
    this.#checks.set(name, check);
  }

  /** From now on not ready, whatever the parts say. */
  drain(): void {
    this.#draining = true;
  }

  report(): HealthReport {
    const checks = [...this.#checks].map(([name, check]) => ({ name, ...check() }));
    if (this.#draining) checks.push({ name: 'running', ok: false, detail: 'stopping' });
    return { ready: checks.every(({ ok }) => ok), checks };
  }
}
