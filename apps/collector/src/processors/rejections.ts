/** Why an item was not taken; a label of the metric, so the list is closed. */
export type RejectionReason =
  | "invalid_trace_id"
  | "invalid_span_id"
  | "invalid_time"
  | "missing_name"
  | "missing_attribute"
  | "not_delta"
  | "wrong_type"
  | "wrong_unit"
  | "out_of_range"
  | "refused_by_database";

/** What each reason means, in the words the sender gets. */
const meanings: Record<RejectionReason, string> = {
  invalid_trace_id: "the trace id must be 16 bytes, not all zero",
  invalid_span_id: "span and parent ids must be 8 bytes, a span's own not all zero",
  invalid_time: "a time is missing or lies beyond the year 2262",
  missing_name: "a metric must have a name",
  missing_attribute: "a mesh metric or access log must say its reporter, source and destination (weir.*)",
  not_delta: "mesh metrics must have delta temporality",
  wrong_type: "mesh metrics must be exponential histograms (durations) or sums (all others)",
  wrong_unit: "durations of the mesh must be in seconds",
  out_of_range: "a count, a scale or a bucket is beyond what can be stored",
  refused_by_database: "the database refused it",
};

/** The items of one request that were not taken, by reason. */
export class Rejections {
  readonly byReason = new Map<RejectionReason, number>();

  /** Without a reason nothing is counted. */
  add(reason: RejectionReason | undefined, count = 1): void {
    if (reason && count > 0) this.byReason.set(reason, (this.byReason.get(reason) ?? 0) + count);
  }

  get total(): number {
    return this.byReason.values().reduce((sum, count) => sum + count, 0);
  }

  /** For `partial_success.error_message`. */
  get message(): string {
    return [...this.byReason].map(([reason, count]) => `${count} rejected: ${meanings[reason]}`).join("; ");
  }
}
