import type { GraphSpan, TraceGraph } from "@weir/domain";
import type { TraceState } from "../upsert-traces.ts";

/** A trace as far as this process has committed it. */
export interface KnownTrace {
  readonly spans: readonly GraphSpan[];
  readonly graph: TraceGraph;
  /** What `trace` must say of its spans for each hour, if nobody else has stored any. */
  readonly states: HourStates;
}

/** States by hour since 1970; nearly always one. */
export type HourStates = readonly (TraceState & { readonly hour: number })[];

const nothing: TraceState = { count: 0, signature: 0 };

export function stateOf(states: HourStates | undefined, hour: number): TraceState {
  for (const known of states ?? []) if (known.hour === hour) return known;
  return nothing;
}

/** States with that of an hour replaced. */
export function withState(
  states: HourStates | undefined,
  hour: number,
  { count, signature }: TraceState,
): HourStates {
  const state = { hour, count, signature };
  return states ? [...states.filter((known) => known.hour !== hour), state] : [state];
}

/**
 * The traces that are under way, so that a span which comes later meets the others without a question to the database.
 * Only a shortcut: what is not here, or was added to by another collector, is read from there. Holds `maxSpans` at most;
 * two generations take turns, and what was not added to during one of them is forgotten.
 */
export class KnownTraces {
  #young = new Map<string, KnownTrace>();
  #old = new Map<string, KnownTrace>();
  #youngSpans = 0;
  readonly #half: number;

  constructor(maxSpans = 200_000) {
    this.#half = maxSpans / 2;
  }

  get(trace: string): KnownTrace | undefined {
    return this.#young.get(trace) ?? this.#old.get(trace);
  }

  set(trace: string, known: KnownTrace): void {
    this.forget(trace);
    if (this.#youngSpans + known.spans.length > this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngSpans = 0;
    }
    if (known.spans.length > this.#half) return;
    this.#young.set(trace, known);
    this.#youngSpans += known.spans.length;
  }

  forget(trace: string): void {
    this.#youngSpans -= this.#young.get(trace)?.spans.length ?? 0;
    this.#young.delete(trace);
    this.#old.delete(trace);
  }
}
