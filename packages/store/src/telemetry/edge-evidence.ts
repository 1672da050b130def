import { mergeHistograms, outsideMesh, quantile, type SparseHistogram, type Window } from "@weir/domain";
import type { PendingQuery, Row } from "postgres";
import type { Sql } from "../connection/open-sql.ts";
import type { EdgeName, Latency, ServiceName, Traffic } from "./answers.ts";
import { createHistogramSums, mergeHistogramTexts } from "./histogram-text.ts";
import { slotMs } from "./time.ts";

/** What one series counted in one step of a window. */
export interface EdgeEvidence {
  readonly source: ServiceName & { readonly version: string };
  readonly destination: ServiceName & { readonly version: string };
  readonly protocol: string;
  readonly statusClass: number;
  readonly step: number;
  readonly requests: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly histogram: SparseHistogram;
}

export interface EvidenceQuery {
  readonly window: Window;
  /** Length of a step, a multiple of 10 s; absent: the window is one. Step 0 starts at the window's start. */
  readonly stepMs?: number;
  readonly edge?: EdgeName;
  readonly destination?: ServiceName;
}

interface SeriesRow extends Row {
  readonly sourceNamespace: string;
  readonly sourceService: string;
  readonly sourceVersion: string;
  readonly destinationNamespace: string;
  readonly destinationService: string;
  readonly destinationVersion: string;
  readonly protocol: string;
  readonly statusClass: number;
  readonly step: number;
  readonly requests: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly indexes: string;
  readonly counts: string;
}

/**
 * Requests as they are counted everywhere: by the source's report; by the destination's only where the source
 * stands outside the mesh and has no sidecar to report. So no request counts twice.
 */
export async function readEdgeEvidence(sql: Sql, query: EvidenceQuery): Promise<EdgeEvidence[]> {
  const fromMs = Math.floor(query.window.fromMs / slotMs) * slotMs;
  const stepMs = query.stepMs ?? Number.MAX_SAFE_INTEGER;
  const rows = await sql<SeriesRow[]>`
    WITH series AS (
      SELECT e.id, e.protocol, e.status_class AS "statusClass",
        s.namespace AS "sourceNamespace", s.name AS "sourceService", s.version AS "sourceVersion",
        d.namespace AS "destinationNamespace", d.name AS "destinationService", d.version AS "destinationVersion"
      FROM edge_series e
        JOIN telemetry_service s ON s.id = e.source_id JOIN telemetry_service d ON d.id = e.destination_id
      WHERE (e.reporter = 0 OR (s.namespace = ${outsideMesh.namespace} AND s.name = ${outsideMesh.service}))
        ${restriction(sql, query)}
    ), counted AS (
      SELECT series_id, ((slot_ms - ${fromMs}) / ${stepMs}::bigint)::int AS step, sum(requests)::float8 AS requests,
        sum(request_bytes)::float8 AS "requestBytes", sum(response_bytes)::float8 AS "responseBytes",
        string_agg(bucket_indexes::text, '') AS indexes, string_agg(bucket_counts::text, '') AS counts
      FROM edge_10s
      WHERE slot_ms >= ${fromMs} AND slot_ms < ${query.window.toMs}
        ${query.edge || query.destination ? sql`AND series_id IN (SELECT id FROM series)` : sql``}
      GROUP BY 1, 2
    )
    SELECT * FROM counted JOIN series ON series.id = series_id`;
  const sums = createHistogramSums();
  return rows.map((row) => toEvidence(row, sums));
}

function restriction(sql: Sql, { edge, destination }: EvidenceQuery): PendingQuery<Row[]> {
  const to = edge?.destination ?? destination;
  const toThere = to ? sql`AND d.namespace = ${to.namespace} AND d.name = ${to.service}` : sql``;
  if (!edge) return toThere;
  return sql`${toThere} AND s.namespace = ${edge.source.namespace} AND s.name = ${edge.source.service}`;
}

function toEvidence(row: SeriesRow, sums: Float64Array): EdgeEvidence {
  return {
    source: { namespace: row.sourceNamespace, service: row.sourceService, version: row.sourceVersion },
    destination: {
      namespace: row.destinationNamespace,
      service: row.destinationService,
      version: row.destinationVersion,
    },
    protocol: row.protocol,
    statusClass: row.statusClass,
    step: row.step,
    requests: row.requests,
    requestBytes: row.requestBytes,
    responseBytes: row.responseBytes,
    histogram: mergeHistogramTexts(row.indexes, row.counts, sums),
  };
}

/** Errors are answers of class 5 and requests without an answer (class 0); class 4 is the caller's own fault. */
export function trafficOf(evidence: readonly EdgeEvidence[]): Traffic {
  let requests = 0;
  let errors = 0;
  for (const { statusClass, requests: counted } of evidence) {
    requests += counted;
    if (statusClass === 5 || statusClass === 0) errors += counted;
  }
  return { requests, errors };
}

export function latencyOf(evidence: readonly EdgeEvidence[]): Latency {
  const all = mergeHistograms(evidence.map(({ histogram }) => histogram));
  return { p50: quantile(all, 0.5), p95: quantile(all, 0.95), p99: quantile(all, 0.99) };
}
