import { ArrivalOrder } from "./arrival-order.ts";
import type { ObservedSpan } from "./span-condition.ts";
import { TailPolicies, type TraceFeatures, type Verdict } from "./tail-policies.ts";
import type { TailSamplingConfig } from "./tail-sampling-config.ts";

export interface TraceVerdictsSettings {
  readonly config: TailSamplingConfig;
  /** Told once a trace: by which policy, or `none`; `evicted` and `unknown` where none could be asked. */
  readonly onVerdict?: ((verdict: Verdict, by: string) => void) | undefined;
}

/**
 * Tail sampling as a table in memory. Requests wait on disk, acknowledged; of their spans only what the policies ask about
 * is noted here by `observe`. `decisionWaitMs` after a request came its spans are read back, and each is kept or not as
 * `verdict` says about its trace. What waits over a restart is kept whole.
 *
 * All spans of a trace get one verdict for as long as it is remembered, those that come after it too. What it holds is
 * bounded: a trace that has to make room, the oldest first, gets the configured verdict at once.
 */
export class TraceVerdicts {
  readonly #policies: TailPolicies;
  readonly #config: TailSamplingConfig;
  readonly #onVerdict: (verdict: Verdict, by: string) => void;
  /** In the order of their first spans. */
  readonly #waiting = new ArrivalOrder<TraceFeatures>();
  /** In the order of their decisions. */
  readonly #decided = { keep: new ArrivalOrder<true>(), drop: new ArrivalOrder<true>() };

  constructor({ config, onVerdict = () => {} }: TraceVerdictsSettings) {
    this.#config = config;
    this.#policies = new TailPolicies(config);
    this.#onVerdict = onVerdict;
  }

  /** How long after its arrival a request is to be read back. */
  get decisionWaitMs(): number {
    return this.#config.decision_wait;
  }

  /** Attributes that `observe` looks at. */
  get attributeNames(): ReadonlySet<string> {
    return this.#policies.attributeNames;
  }

  /** Traces without a decision, and decisions remembered. */
  get size(): { readonly waiting: number; readonly decided: number } {
    return { waiting: this.#waiting.size, decided: this.#decided.keep.size + this.#decided.drop.size };
  }

  observe(span: ObservedSpan): void {
    const { traceId, startMs, endMs } = span;
    let features = this.#waiting.get(traceId);
    if (!features) {
      if (this.#decisionOf(traceId)) return;
      if (this.#waiting.size >= this.#config.num_traces) this.#evict();
      features = { startMs, endMs, spans: 0, met: 0 };
      this.#waiting.add(traceId, features);
    }
    this.#policies.note(features, span);
  }

  /** What becomes of a trace's spans. Decides when it is asked first; `nowMs` is milliseconds since 1970. */
  verdict(traceId: string, nowMs: number): Verdict {
    const decided = this.#decisionOf(traceId);
    if (decided) return decided;
    const features = this.#waiting.get(traceId);
    if (!features) return this.#conclude(traceId, this.#config.evicted, "unknown");
    this.#waiting.delete(traceId);
    const { verdict, by } = this.#policies.decide(traceId, features, nowMs);
    return this.#conclude(traceId, verdict, by);
  }

  /** A decision that was made before, by an earlier process. */
  remember(traceId: string, verdict: Verdict): void {
    this.#waiting.delete(traceId);
    const { sampled_cache_size, non_sampled_cache_size } = this.#config.decision_cache;
    const most =
      (verdict === "keep" ? sampled_cache_size : non_sampled_cache_size) ?? this.#config.num_traces;
    this.#decided[verdict === "keep" ? "drop" : "keep"].delete(traceId);
    const decided = this.#decided[verdict];
    decided.add(traceId, true);
    if (decided.size > most && decided.oldest !== undefined) decided.delete(decided.oldest);
  }

  #decisionOf(traceId: string): Verdict | undefined {
    if (this.#decided.keep.has(traceId)) return "keep";
    return this.#decided.drop.has(traceId) ? "drop" : undefined;
  }

  #evict(): void {
    const { oldest } = this.#waiting;
    if (oldest === undefined) return;
    this.#waiting.delete(oldest);
    this.#conclude(oldest, this.#config.evicted, "evicted");
  }

  #conclude(traceId: string, verdict: Verdict, by: string): Verdict {
    this.remember(traceId, verdict);
    this.#onVerdict(verdict, by);
    return verdict;
  }
}
