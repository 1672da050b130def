import { decidedOf } from "../../../server/traces/decided-of.ts";
import type { LogsOfTrace } from "../../../server/traces/logs.ts";

/** What the sidecars' access logs say of a span's request, for its line in the waterfall. */
export interface SpanMarks {
  readonly decided: "would-act" | "acted" | undefined;
  readonly flag: string;
  /** Requests beyond the first under one span: it was sent again. */
  readonly again: number;
  readonly logs: number;
}

/** By span id. */
export function spanMarks({
  requests,
  logs,
}: Pick<LogsOfTrace, "requests" | "logs">): Map<string, SpanMarks> {
  const marks = new Map<string, SpanMarks>();
  const none: SpanMarks = { decided: undefined, flag: "", again: -1, logs: 0 };
  for (const { spanId, decisions, flag } of requests) {
    if (spanId === undefined) continue;
    const so = marks.get(spanId) ?? none;
    const decided = decidedOf(decisions);
    marks.set(spanId, {
      ...so,
      decided: so.decided === "acted" ? so.decided : (decided ?? so.decided),
      flag: so.flag || flag,
      again: so.again + 1,
    });
  }
  for (const { spanId } of logs) {
    if (spanId === undefined) continue;
    const so = marks.get(spanId) ?? { ...none, again: 0 };
    marks.set(spanId, { ...so, logs: so.logs + 1 });
  }
  return marks;
}
