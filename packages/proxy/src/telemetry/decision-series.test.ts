import type { Decision } from "@weir/domain/request-path";
import { outsideMesh } from "@weir/domain/request-path";
import { expect, test } from "vitest";
import { DecisionSeriesTable } from "./decision-series.ts";
import { EdgeSeriesTable } from "./edge-series.ts";
import type { RequestRecord } from "./request-record.ts";

const limits = (verdict: string): Decision => ({
  ...{ policy: "limit", kind: "rateLimit", revision: 1, mode: "observe", verdict },
  ...{ wouldAct: verdict !== "allow", acted: false, reason: "" },
});
const [allow, limit] = [limits("allow"), limits("limit")];

const record = (service: string, decision: Decision, more: Partial<RequestRecord> = {}): RequestRecord => ({
  ...{
    direction: "inbound",
    source: { namespace: "shop", service, version: "v1" },
    destination: outsideMesh,
  },
  ...{ protocol: "http", security: undefined, resends: 0, method: "GET", host: "", path: "/", route: "" },
  ...{ status: 200, grpcStatus: undefined, flag: "", startMs: 0, durationMs: 1, upstreamMs: 1 },
  ...{ requestBytes: 0, responseBytes: 0, decisions: [decision], traceId: "", spanId: "" },
  ...{ parentSpanId: undefined, sampled: false, peerAddress: "" },
  ...more,
});

/** Counts records as the exporter does. */
function count(records: Iterable<RequestRecord>): DecisionSeriesTable {
  const edges = new EdgeSeriesTable();
  const decisions = new DecisionSeriesTable();
  for (const one of records) {
    const edge = edges.add(one);
    if (edge) decisions.add(one, edge);
  }
  return decisions;
}

const told = (table: DecisionSeriesTable) =>
  table
    .all()
    .map(({ decision, sample: { direction, source }, count: times }) =>
      [direction, source.service, source.version, decision.verdict, times].join(" "),
    )
    .sort();

test("callers that take turns are told apart, whatever their requests came to", () => {
  const web2 = { source: { namespace: "shop", service: "web", version: "v2" } };
  const turn = [
    ...[record("web", allow), record("reports", allow), record("web", limit, { status: 429 })],
    ...[record("web", allow, { method: "POST" }), record("web", allow, web2)],
    record("web", allow, { direction: "outbound" }),
  ];
  expect(told(count([...turn, ...turn, ...turn]))).toEqual([
    "inbound reports v1 allow 3",
    "inbound web v1 allow 6",
    "inbound web v1 limit 3",
    "inbound web v2 allow 3",
    "outbound web v1 allow 3",
  ]);
});

test("series are bounded, and what finds no room is counted", () => {
  const said = Array.from({ length: 25 }, (_, at) => limits(`rule ${at}`));
  const callers = Array.from({ length: 1000 }, (_, at) => record(`caller-${at}`, allow, { decisions: said }));
  const table = count([...callers, ...callers]);
  expect(table.all()).toHaveLength(20_000);
  expect(table.all().every(({ count: times }) => times === 2)).toBe(true);
  expect(table.overflow).toBe(10_000);
});
