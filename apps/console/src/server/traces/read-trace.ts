import type { Sql, TraceSpan } from "@weir/store";
import { decisionsOfTrace, traceById } from "../store.ts";
import { decisionsIn, type SpanDecision } from "./span-facts.ts";
import { traceExtent } from "./trace-extent.ts";

const traceIdForm = /^[0-9a-f]{32}$/;

/** A sidecar writes its line when the exchange is over, on its own clock: look a little around the trace. */
const slackNs = 10_000_000_000n;

/** The spans of a trace, and by span id what policies said; no spans for an id that is none. */
export async function readTrace(
  sql: Sql,
  traceId: string,
): Promise<{ spans: TraceSpan[]; decisions: Map<string, SpanDecision[]> }> {
  const spans = traceIdForm.test(traceId) ? await traceById(sql, traceId) : [];
  if (spans.length === 0) return { spans, decisions: new Map() };
  const { startNs, endNs } = traceExtent(spans);
  const rows = await decisionsOfTrace(sql, traceId, { fromNs: startNs - slackNs, toNs: endNs + slackNs });
  return { spans, decisions: new Map(rows.map((row) => [row.spanId, decisionsIn(row.decisions)])) };
}
