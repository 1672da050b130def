import { quantile } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { mergedTopology } from "./merged-topology.ts";
import type { EdgeEnd, EdgePoint } from "./records.ts";
import { sampleEdge, sampleMs, sampleRequest } from "./sample-records.ts";
import { meshSignals, signalsBetween, totalBetween } from "./signals.ts";
import { topology } from "./topology.ts";

const window = { fromMs: sampleMs, toMs: sampleMs + 10_000 };
const end = (namespace: string, service: string, version = "v1"): EdgeEnd => ({
  namespace,
  service,
  version,
});
const calls = (source: EdgeEnd, destination: EdgeEnd, bucket: number, over: Partial<EdgePoint> = {}) => {
  const requests = over.requests ?? 10;
  return sampleEdge({
    ...{ source, destination, requests, requestBytes: requests, responseBytes: 2 * requests },
    histogram: { indexes: [bucket], counts: [requests] },
    ...over,
  });
};
const [fast, slow] = [-100, -40];
const laterMs = sampleMs + 70_000;

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const edgePoints = [
    calls(end("shop", "web", "v1"), end("shop", "pay", "v1"), fast, { requests: 90 }),
    calls(end("shop", "web", "v2"), end("shop", "pay", "v2"), slow),
    calls(end("shop", "web", "v2"), end("bank", "ledger"), slow, {
      ...{ requests: 30, protocol: "grpc", security: "tls", resends: 2 },
    }),
    calls(end("shop", "pay", "v1"), end("bank", "ledger"), fast, { statusClass: 5, flag: "UO" }),
    calls(end("shop", "pay", "v1"), end("bank", "fees"), fast, {
      statusClass: 4,
      security: "none",
      resends: 1,
    }),
    // A minute later: sidecars know versions, spans of the same requests none. Of the others only spans know, from both sides.
    ...[
      calls(end("shop", "web", "v1"), end("shop", "pay", "v1"), fast, { requests: 6 }),
      calls(end("shop", "web", "v1"), end("shop", "pay", "v2"), slow, { requests: 4 }),
      calls(end("shop", "web", ""), end("shop", "pay", ""), slow, { reporter: "span.client" }),
      calls(end("bank", "fees", ""), end("bank", "audit", "v1"), fast, { reporter: "span.client" }),
      calls(end("bank", "fees", ""), end("bank", "audit", "v1"), slow, { reporter: "span.server" }),
      calls(end("bank", "fees", ""), end("bank", "audit", ""), slow, {
        ...{ reporter: "span.client", requests: 5, flag: "virtual" },
      }),
    ].map((point): EdgePoint => ({ ...point, timeMs: laterMs })),
    // Only spans know this one.
    calls(end("bank", "ledger"), end("bank", "archive"), slow, { reporter: "span.client" }),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const byNamespace = ({ namespace }: EdgeEnd) => namespace;
const byVersion = ({ service, version }: EdgeEnd) => `${service}@${version}`;

test("by namespace: sums of all pairs, whatever chunk they lie in", async () => {
  const { edges, places, coveredSeconds } = await mergedTopology(sql, window, byNamespace);
  expect(coveredSeconds).toBe(10);
  expect(edges.map((e) => [e.source, e.target, e.requests, e.errors, e.clientErrors, e.evidence])).toEqual([
    ["bank", "bank", 10, 0, 0, "spans"],
    ["shop", "bank", 50, 10, 10, "metrics"],
    ["shop", "shop", 100, 0, 0, "metrics"],
  ]);
  expect(edges[1]).toMatchObject({
    protocol: "grpc",
    flags: { UO: 10 },
    requestBytes: 50,
    responseBytes: 100,
    security: { tls: 30, none: 10 },
    resends: 70,
  });
  expect(places.find(({ place }) => place === "bank")).toMatchObject({ requests: 60, errors: 10, rps: 6 });
});

test("quantiles of a place are those of all requests together, not the mean of its parts'", async () => {
  const { edges, places } = await mergedTopology(sql, window, byNamespace);
  const together = { indexes: [fast, slow], counts: [90, 10] };
  const inside = edges.find(({ source, target }) => source === "shop" && target === "shop");
  for (const [q, name] of [
    [0.5, "p50"],
    [0.95, "p95"],
  ] as const) {
    expect(inside?.[name]).toBe(quantile(together, q));
    expect(places.find(({ place }) => place === "shop")?.[name]).toBe(quantile(together, q));
  }
});

test("by version: which version of the caller reached which", async () => {
  const { edges } = await mergedTopology(sql, window, byVersion);
  expect(edges.map((e) => [`${e.source}>${e.target}`, e.requests])).toEqual([
    ["ledger@v1>archive@v1", 10],
    ["pay@v1>fees@v1", 10],
    ["pay@v1>ledger@v1", 10],
    ["web@v1>pay@v1", 90],
    ["web@v2>ledger@v1", 30],
    ["web@v2>pay@v2", 10],
  ]);
});

test("by version spans split no requests that sidecars measured, and each of the others counts once, with its latency", async () => {
  const { edges } = await mergedTopology(sql, { fromMs: laterMs - 10_000, toMs: laterMs }, byVersion);
  const latencies = edges.map((e) => [
    `${e.source}>${e.target}`,
    e.requests,
    e.p50 && Math.round(e.p50 * 1_000),
  ]);
  const [fastMs, slowMs] = [fast, slow].map((bucket) => Math.round(2 ** ((bucket + 0.5) / 16) * 1_000));
  expect(latencies).toEqual([
    ["fees@>audit@", 5, slowMs],
    ["fees@>audit@v1", 10, fastMs],
    ["web@v1>pay@v1", 6, fastMs],
    ["web@v1>pay@v2", 4, slowMs],
  ]);
  expect(edges.map(({ evidence }) => evidence)).toEqual(["spans", "spans", "metrics", "metrics"]);
});

test("with a place for each service it is the map itself", async () => {
  const plain = await topology(sql, window);
  const name = ({ namespace, service }: { namespace: string; service: string }) => `${namespace}/${service}`;
  const merged = await mergedTopology(sql, window, name);
  expect(merged.nodes).toEqual(plain.nodes);
  expect(merged.edges).toEqual(
    plain.edges.map(({ source, destination, ...edge }) => ({
      ...edge,
      source: name(source),
      target: name(destination),
    })),
  );
});

test.each`
  source                                                  | destination                                             | requests | errors
  ${undefined}                                            | ${{ namespace: "bank" }}                                | ${60}    | ${10}
  ${{ namespace: "shop" }}                                | ${{ namespace: "bank" }}                                | ${50}    | ${10}
  ${{ namespace: "bank" }}                                | ${{ namespace: "shop" }}                                | ${0}     | ${0}
  ${undefined}                                            | ${{ namespace: "shop", service: "pay" }}                | ${100}   | ${0}
  ${undefined}                                            | ${{ namespace: "shop", service: "pay", version: "v2" }} | ${10}    | ${0}
  ${{ namespace: "shop", service: "web", version: "v1" }} | ${{ namespace: "shop" }}                                | ${90}    | ${0}
`("signals from $source to $destination: $requests requests, also over time", async (row) => {
  const { source, destination } = row;
  const { whole, slots } = await signalsBetween(sql, { source, destination }, window, 2);
  expect([whole.requests, whole.errors]).toEqual([row.requests, row.errors]);
  expect(slots.reduce((sum, { requests }) => sum + requests, 0)).toBe(row.requests);
  expect(await totalBetween(sql, { source, destination }, window)).toEqual(whole);
});

test("signals of a namespace and of the mesh are the sum over all chunks, with the quantiles of all", async () => {
  const bank = await signalsBetween(sql, { destination: { namespace: "bank" } }, window, 1);
  const { places } = await mergedTopology(sql, window, byNamespace);
  expect(bank.whole).toMatchObject({ p50: places.find(({ place }) => place === "bank")?.p50 });
  const mesh = await meshSignals(sql, window, 1);
  expect(mesh.whole).toMatchObject({ requests: 160, errors: 10, p99: bank.whole.p99 });
});
