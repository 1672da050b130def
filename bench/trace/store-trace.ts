import { commitTelemetry, createTelemetryCaches, type SpanRecord, type Sql, spanBlockOf } from "@weir/store";

const batchSize = 5_000;

/** Commits spans as the collector does, some thousands a transaction. */
export async function storeTrace(sql: Sql, spans: readonly SpanRecord[]): Promise<void> {
  const caches = createTelemetryCaches();
  const none = { accessLogs: [], logs: [], edgePoints: [], decisionPoints: [], metricPoints: [] };
  for (let from = 0; from < spans.length; from += batchSize) {
    const digest = new Uint8Array(32);
    new DataView(digest.buffer).setUint32(0, spans.length);
    new DataView(digest.buffer).setUint32(4, from);
    const batch = spans.slice(from, from + batchSize);
    await commitTelemetry(sql, { requests: [{ digest, ...none, spans: spanBlockOf(batch) }] }, caches);
  }
}
