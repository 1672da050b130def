import type { ChangeKind } from "./change-hub.ts";

export interface CoalesceOptions {
  /** Starts listening; the function it returns stops. */
  readonly listen: (listener: (kind: ChangeKind) => void) => () => void;
  readonly signal: AbortSignal;
  /** Least time between two notices of one kind; changes of config are told at once. */
  readonly intervalMs: number;
  readonly now: () => number;
}

/**
 * Changes as a browser wants them: however often one kind happens it is told at most once an interval, and the last
 * one is never lost. Ends when `signal` is aborted.
 */
export async function* coalesce(options: CoalesceOptions): AsyncGenerator<ChangeKind, void, void> {
  const { signal, intervalMs, now } = options;
  const pending = new Map<ChangeKind, number>();
  const toldAt = new Map<ChangeKind, number>();
  let wake = () => {};
  const stop = options.listen((kind) => {
    if (pending.has(kind)) return;
    const earliest = isUrgent(kind) ? 0 : (toldAt.get(kind) ?? Number.NEGATIVE_INFINITY) + intervalMs;
    pending.set(kind, earliest);
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      const time = now();
      const due = [...pending].find(([, at]) => at <= time)?.[0];
      if (due !== undefined) {
        pending.delete(due);
        toldAt.set(due, time);
        yield due;
        continue;
      }
      const nextAt = Math.min(...pending.values());
      await new Promise<void>((resolve) => {
        const timer = Number.isFinite(nextAt) ? setTimeout(resolve, nextAt - time) : undefined;
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    stop();
    signal.removeEventListener("abort", onAbort);
  }
}

function isUrgent(kind: ChangeKind): boolean {
  return kind === "config" || kind === "resync" || kind === "lost";
}
