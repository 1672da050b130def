import type { Answer } from "../mesh/mesh-table.ts";
import type { KnownReport } from "../series/known-report.ts";
import type { LatencyDelta, SeriesDelta } from "../series/series-delta.ts";
import { apportion } from "./apportion.ts";
import { addBuckets, dealBuckets, totalOf } from "./bucket-counts.ts";
import { type EdgeTraffic, emptyTraffic, isEmpty } from "./edge-traffic.ts";

/**
 * Brings together what the counters, the latencies and the bytes of one scrape say of the same edges. Counters know how
 * requests were answered, latencies and bytes often do not: those are dealt out to the answers by their requests, exact
 * in sum. Where several metrics count the same requests, the best one counts.
 */
export function trafficOfDeltas(deltas: readonly SeriesDelta[]): EdgeTraffic[] {
  const edges = Map.groupBy(deltas, ({ report }) => report.endsKey);
  return [...edges.values()].flatMap((own) => new Edge(own).traffic());
}

/** Everything about the same two ends. */
class Edge {
  readonly #deltas: readonly SeriesDelta[];
  readonly #rows = new Map<string, EdgeTraffic>();

  constructor(deltas: readonly SeriesDelta[]) {
    this.#deltas = deltas;
  }

  traffic(): EdgeTraffic[] {
    this.#addRequests();
    for (const { report, latency } of this.#deltas) if (latency) this.#addLatency(report, latency);
    for (const delta of this.#deltas)
      if (delta.measure.of === "requestBytes" || delta.measure.of === "responseBytes")
        this.#addBytes(delta.report, delta.measure.of, delta.count);
    return [...this.#rows.values()].filter((row) => !isEmpty(row));
  }

  #addRequests(): void {
    const counters = this.#deltas.filter(({ measure }) => measure.of === "requests");
    const best = Math.min(...counters.map(({ measure }) => measure.rank ?? 0));
    for (const { report, measure, count } of counters)
      if ((measure.rank ?? 0) === best) this.#row(report, report.answer).requests += count;
    if (counters.length > 0) return;
    // Without any counter the latencies' own counts are all there is, if they know the answers.
    for (const { report, count, latency } of this.#deltas)
      if (latency && report.answer.status !== undefined) this.#row(report, report.answer).requests += count;
  }

  #addLatency(report: KnownReport, { buckets, seconds, exemplars }: LatencyDelta): void {
    const rows = this.#rowsFor(report);
    // An answer that no counter knows yet: the request goes on while its first byte is there.
    if (rows.length === 0 && report.answer.status !== undefined) rows.push(this.#row(report, report.answer));
    const parts = dealBuckets(buckets, requestsOf(rows));
    const total = totalOf(buckets);
    for (const [i, row] of rows.entries()) {
      const part = parts[i] ?? new Map();
      addBuckets(row.buckets, part);
      if (total > 0) row.seconds += (seconds * totalOf(part)) / total;
    }
    const [most] = rows.toSorted((a, b) => b.requests - a.requests);
    if (most && exemplars.length > 0) most.exemplars = [...most.exemplars, ...exemplars];
  }

  #addBytes(report: KnownReport, of: "requestBytes" | "responseBytes", bytes: number): void {
    if (bytes === 0) return;
    const rows = this.#rowsFor(report);
    // Bytes without any request are those of connections that nobody reads requests from.
    if (rows.length === 0)
      rows.push(this.#row(report, { protocol: "tcp", status: 200, ...told(report.answer) }));
    const parts = apportion(bytes, requestsOf(rows));
    for (const [i, row] of rows.entries()) row[of] += parts[i] ?? 0;
  }

  /** The answers that a report may be about: the very one it tells, or all that agree with what it tells. */
  #rowsFor({ answer, answerKey }: KnownReport): EdgeTraffic[] {
    const exact = this.#rows.get(answerKey);
    return exact ? [exact] : [...this.#rows.values()].filter((row) => agrees(answer, row.answer));
  }

  #row(report: KnownReport, answer: Answer): EdgeTraffic {
    const answerKey = answer === report.answer ? report.answerKey : JSON.stringify(answer);
    const known = this.#rows.get(answerKey);
    if (known) return known;
    const { reporter, source, destination } = report;
    const row = emptyTraffic({ reporter, source, destination, answer, key: report.endsKey + answerKey });
    this.#rows.set(answerKey, row);
    return row;
  }
}

/** Equal ones where nothing was requested: whatever came belongs to what was there before. */
function requestsOf(rows: readonly EdgeTraffic[]): number[] {
  const requests = rows.map((row) => row.requests);
  return requests.some((count) => count > 0) ? requests : requests.map(() => 1);
}

function agrees(told: Answer, answer: Answer): boolean {
  return (
    (told.protocol === undefined || told.protocol === answer.protocol) &&
    (told.method === undefined || told.method === answer.method) &&
    (told.status === undefined || told.status === answer.status) &&
    (told.grpcStatus === undefined || told.grpcStatus === answer.grpcStatus) &&
    (told.flag === undefined || told.flag === answer.flag) &&
    (told.security === undefined || told.security === answer.security)
  );
}

function told(answer: Answer): Answer {
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));
}
