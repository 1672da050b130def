import { mergeHistograms, quantile } from "@weir/domain";
import type { Tick } from "@weir/rollout";

/**
 * Flagger's checks as its documentation has them: once a minute, of the canary's last minute, a success rate of at least 99 % and a
 * p99 of at most 500 ms. A minute that fails either is a failed check; five of them, never forgotten, and the next look
 * takes the canary back (pkg/controller/scheduler.go).
 */
export class FlaggerRule {
  #minute: Tick[] = [];
  #failedChecks = 0;
  /** When the canary was taken back, in milliseconds since the beginning. */
  takenBackMs: number | undefined;

  observe(tick: Tick): void {
    this.#minute.push(tick);
    if (this.takenBackMs !== undefined || tick.toMs % 60_000 !== 0) return;
    if (this.#failedChecks >= 5) this.takenBackMs = tick.toMs;
    else if (fails(this.#minute.map(({ canary }) => canary))) this.#failedChecks++;
    this.#minute = [];
  }
}

/** Without a request there is no value: Flagger halts, and that is no failed check here. */
function fails(minute: readonly Tick["canary"][]): boolean {
  const requests = minute.reduce((sum, signals) => sum + signals.requests, 0);
  if (requests === 0) return false;
  const failures = minute.reduce((sum, signals) => sum + signals.failures, 0);
  const p99 = quantile(mergeHistograms(minute.map(({ durations }) => durations)), 0.99) ?? 0;
  return 1 - failures / requests < 0.99 || p99 > 0.5;
}
