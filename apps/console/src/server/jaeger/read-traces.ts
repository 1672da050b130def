import type { Sql } from "@weir/store";
import { traceById } from "../store.ts";
import type { JaegerError } from "./envelope.ts";
import { type JaegerTrace, jaegerTrace } from "./jaeger-trace.ts";

/** Jaeger's answer to a search has every span of every trace; more than this no browser wants at once. */
const mostSpans = 50_000;
const atOnce = 4;

interface Wanted {
  readonly traceId: string;
  /** As far as it is known. */
  readonly spanCount?: number;
}

/** Whole traces, in the order they are asked for; those that are missing or too long for one answer are told as errors. */
export async function readTraces(
  sql: Sql,
  wanted: readonly Wanted[],
): Promise<{ traces: JaegerTrace[]; errors: JaegerError[] }> {
  const { fitting, errors } = withinBounds(wanted);
  const traces: JaegerTrace[] = [];
  for (let i = 0; i < fitting.length; i += atOnce) {
    const some = fitting.slice(i, i + atOnce);
    const read = await Promise.all(some.map(({ traceId }) => readTrace(sql, traceId)));
    for (const [j, trace] of read.entries())
      if (trace) traces.push(trace);
      else errors.push({ msg: "trace not found", traceID: some[j]?.traceId ?? "" });
  }
  return { traces, errors };
}

/** One trace; undefined when no span of it is stored, or it is no id. */
export async function readTrace(sql: Sql, text: string): Promise<JaegerTrace | undefined> {
  const traceId = wholeTraceId(text);
  const spans = await traceById(sql, traceId);
  return spans.length === 0 ? undefined : jaegerTrace(traceId, spans);
}

function withinBounds(wanted: readonly Wanted[]) {
  let left = mostSpans;
  const fitting: Wanted[] = [];
  const errors: JaegerError[] = [];
  for (const trace of wanted) {
    const { traceId, spanCount = 0 } = trace;
    left -= spanCount;
    if (left >= 0) fitting.push(trace);
    else errors.push({ msg: `left out, with its ${spanCount} spans: open it by its id`, traceID: traceId });
  }
  return { fitting, errors };
}

/** Clients leave out leading zeros of ids, which had 64 bits once. */
function wholeTraceId(text: string): string {
  return text.toLowerCase().padStart(32, "0");
}
