import type { GraphSpan, TraceGraph } from "@weir/domain";

/** A trace as far as this process has committed it. */
export interface KnownTrace {
  readonly spans: readonly GraphSpan[];
  readonly graph: TraceGraph;
  /** Spans that `trace.span_count` must say for each hour, if nobody else has stored any. */
  readonly counts: ReadonlyMap<number, number>;
}

/**
 * The traces that are under way, so that a span which comes later meets the others without a question to the database.
 * Only a shortcut: what is not here, or was added to by another collector, is read from there. Forgets the oldest
 * beyond `maxSpans`.
 */
export class KnownTraces {
  readonly #traces = new Map<string, KnownTrace>();
  readonly #maxSpans: number;
  #spans = 0;

  constructor(maxSpans = 200_000) {
    this.#maxSpans = maxSpans;
  }

  get(trace: string): KnownTrace | undefined {
    return this.#traces.get(trace);
  }

  set(trace: string, known: KnownTrace): void {
    this.forget(trace);
    this.#traces.set(trace, known);
    this.#spans += known.spans.length;
    for (const oldest of this.#traces.keys()) {
      if (this.#spans <= this.#maxSpans) return;
      this.forget(oldest);
    }
  }

  forget(trace: string): void {
    const known = this.#traces.get(trace);
    if (!known) return;
    this.#spans -= known.spans.length;
    this.#traces.delete(trace);
  }
}
