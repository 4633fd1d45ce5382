// signals.ts: the first SIGTERM or SIGINT asks to stop, the second insists.

/** Why the process stops. */
type StopReason = 'SIGTERM' | 'SIGINT' | 'shutdown';

/** Signals as two promises. `stop` asks as a signal would. */
export interface Signals {
  readonly asked: Promise<StopReason>;
  readonly insisted: Promise<void>;
  stop(): void;
  dispose(): void;
}

/** Listens to the process's signals. */
export function listenToSignals(): Signals {
  let ask: (reason: StopReason) => void = () => undefined;
  let insist: () => void = () => undefined;
  const asked = new Promise<StopReason>((resolve) => {
    ask = resolve;
  });
  const insisted = new Promise<void>((resolve) => {
    insist = resolve;
  });
  let count = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    count++;
    if (count === 1) ask(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
    else insist();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return {
    asked,
    insisted,
    stop: () => ask('shutdown'),
    dispose() {
      process.off('SIGTERM', onSignal);
      process.off('SIGINT', onSignal);
    },
  };
}
