import { type GraphSpan, graphChanges, graphOfTrace, type SpanEdge, type TraceGraph } from "@weir/domain";
import type { SpanBlock } from "../spans/span-block.ts";
import type { TraceRow } from "../spans/trace-rows.ts";
import { type HourStates, type KnownTrace, type KnownTraces, stateOf, withState } from "./known-traces.ts";

/** A graph is drawn anew with every batch that adds to its trace; beyond so many spans that would never end. */
export const longestTrace = 20_000;

/** What a batch changes in the graph of one trace. */
export interface TracePlan {
  readonly trace: string;
  readonly added: readonly GraphSpan[];
  /** What `trace` must say of its spans after the batch, for each hour, if the spans before it are all known. */
  readonly states: HourStates;
  readonly before: KnownTrace | undefined;
}

export interface GraphChange {
  readonly trace: string;
  readonly plus: readonly SpanEdge[];
  readonly minus: readonly SpanEdge[];
  readonly expired: number;
  readonly known: KnownTrace;
}

const nothing: TraceGraph = { edges: [], expired: 0 };

/** One plan for each trace of the batch, from what this process knows of it. */
export function planTraces(
  blocks: readonly SpanBlock[],
  rows: readonly TraceRow[],
  known: KnownTraces,
): Map<string, TracePlan> {
  const added = new Map<string, GraphSpan[]>();
  for (const { length, traces, facts } of blocks)
    for (let i = 0; i < length; i++) {
      const trace = traces[i] as string;
      const spans = added.get(trace);
      if (spans) spans.push(facts[i] as GraphSpan);
      else added.set(trace, [facts[i] as GraphSpan]);
    }
  const plans = new Map<string, TracePlan>();
  for (const { trace, hour, spanCount, signature } of rows) {
    const plan = plans.get(trace);
    const before = plan ? plan.before : known.get(trace);
    const earlier = plan ? plan.states : before?.states;
    const state = stateOf(earlier, hour);
    const states = withState(earlier, hour, {
      ...{ count: state.count + spanCount, signature: state.signature + signature },
    });
    plans.set(trace, { trace, added: added.get(trace) ?? [], states, before });
  }
  return plans;
}

/** The change that a plan makes; undefined for a trace that is too long to draw. */
export function changeOf({ trace, added, states, before }: TracePlan): GraphChange | undefined {
  const spans = before ? [...before.spans, ...added] : added;
  if (spans.length > longestTrace) return undefined;
  const graph = graphOfTrace(spans);
  const known = { spans, graph, states };
  if (!before) return { trace, plus: graph.edges, minus: [], expired: graph.expired, known };
  const { added: plus, removed: minus, expired } = graphChanges(before.graph ?? nothing, graph);
  return { trace, plus, minus, expired, known };
}
