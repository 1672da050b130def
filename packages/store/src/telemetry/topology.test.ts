import { outsideMesh } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openConfigStore } from "../config/open-config-store.ts";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { decisionsOfPolicy } from "./decisions-of-policy.ts";
import {
  cartEnd,
  paymentsEnd,
  sampleDecision,
  sampleEdge,
  sampleMs,
  sampleRequest,
} from "./sample-records.ts";
import { edgeSeries, nodeSeries, versionSplit, versionTotals } from "./series.ts";
import { topology } from "./topology.ts";

// Small enough to reckon by hand. Slots at 0, 10 and 20 s; the window is exactly these 30 s.
const window = { fromMs: sampleMs, toMs: sampleMs + 30_000 };
const endOf = (slot: number) => sampleMs + (slot + 1) * 10_000;
const laterMs = sampleMs + 3_610_000;
const muchLaterMs = sampleMs + 7_210_000;
const outside = {
  namespace: outsideMesh.namespace,
  service: outsideMesh.service,
  version: outsideMesh.version,
};
const v2 = { ...paymentsEnd, version: "v2" };
const cart = { namespace: "shop", service: "cart" };
const payments = { namespace: "shop", service: "payments" };
/** Bucket -64 is (62.5 ms, 65.3 ms]; -48 is (125 ms, 130.5 ms]: 16 buckets for each doubling. */
const fast = { indexes: [-64], counts: [1] };
const middleOf = (bucket: number) => 2 ** ((bucket + 0.5) / 16);

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const store = openConfigStore(database.databaseUrl);
  const lease = { controllerId: "c", leaseMs: 600_000 };
  const register = (service: string, version: string, port?: number) =>
    store.registerSidecar(
      {
        proxyId: `${service}-${version}`,
        workload: { namespace: "shop", service, version },
        release: "1",
        ...(port === undefined ? {} : { inboundAddress: `127.0.0.1:${port}` }),
      },
      lease,
    );
  await register("payments", "v1", 9001);
  await register("payments", "v10", 9010); // ready, without traffic
  await register("quiet", "v1", 9020);
  await register("loadgen", "v1"); // only calls, and has not called yet
  await store.close();
  const edgePoints = [
    // cart -> payments: slot 0 has 90 fast ones to v1, slot 1 has 8 to v2 and one failed, slot 2 one without answer.
    sampleEdge({
      timeMs: endOf(0),
      requests: 90,
      requestBytes: 900,
      responseBytes: 9_000,
      histogram: { ...fast, counts: [90] },
    }),
    sampleEdge({
      timeMs: endOf(1),
      destination: v2,
      requests: 8,
      requestBytes: 80,
      responseBytes: 0,
      histogram: { indexes: [-48], counts: [8] },
    }),
    sampleEdge({ timeMs: endOf(1), destination: v2, statusClass: 5, requests: 1, histogram: fast }),
    sampleEdge({
      timeMs: endOf(2),
      destination: { ...paymentsEnd, version: "" },
      statusClass: 0,
      flag: "UH",
      requests: 1,
      histogram: fast,
    }),
    sampleEdge({ timeMs: endOf(2), statusClass: 4, requests: 0, histogram: { indexes: [], counts: [] } }),
    // An hour later: three of each way to end.
    ...[2, 4, 6].map((statusClass) => sampleEdge({ timeMs: laterMs, statusClass })),
    sampleEdge({ timeMs: laterMs, statusClass: 5, flag: "UF,URX" }),
    // Two hours later: three by plain text, tried twice again each, three by TLS, nine by mutual TLS, three of which nobody said.
    sampleEdge({ timeMs: muchLaterMs, security: "none", resends: 2 }),
    sampleEdge({ timeMs: muchLaterMs, security: "tls", resends: 1 }),
    sampleEdge({ timeMs: muchLaterMs, security: "mutual_tls", requests: 9 }),
    sampleEdge({ timeMs: muchLaterMs }),
    // The destination's report of the same requests must not count again.
    sampleEdge({
      timeMs: endOf(0),
      reporter: "destination",
      requests: 90,
      histogram: { ...fast, counts: [90] },
    }),
    // From outside the mesh only the destination reports.
    sampleEdge({
      timeMs: endOf(0),
      reporter: "destination",
      source: outside,
      destination: cartEnd,
      requests: 30,
    }),
    // Before and after the window.
    sampleEdge({ timeMs: endOf(-1), requests: 1_000 }),
    sampleEdge({ timeMs: endOf(3), requests: 1_000 }),
  ];
  const decisionPoints = [
    sampleDecision({ timeMs: endOf(0) }),
    sampleDecision({ timeMs: endOf(1), evaluated: 5, wouldAct: 5, source: outside }),
    sampleDecision({
      timeMs: endOf(1),
      verdict: "version=v1",
      mode: "enforce",
      evaluated: 7,
      wouldAct: 0,
      acted: 0,
    }),
    sampleDecision({ timeMs: endOf(9), evaluated: 100 }),
    sampleDecision({
      timeMs: endOf(0),
      policy: { namespace: "shop", name: "other", kind: "route", revision: 1 },
    }),
  ];
  await commitTelemetry(
    sql,
    { requests: [sampleRequest({ edgePoints, decisionPoints })] },
    createTelemetryCaches(),
  );
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

describe("topology", () => {
  test("edges: each request once, by the one who saw it first hand", async () => {
    const { edges, coveredSeconds } = await topology(sql, window);
    expect(coveredSeconds).toBe(30);
    expect(edges.map((e) => [`${e.source.service}>${e.destination.service}`, e.requests])).toEqual([
      ["outside>cart", 30],
      ["cart>payments", 100],
    ]);
    expect(edges[1]).toMatchObject({
      ...{ source: cart, destination: payments, errors: 2, errorShare: 0.02, rps: 100 / 30 },
      ...{ requestBytes: 900 + 80 + 30 + 30 + 30, protocol: "http" },
      ...{ p50: middleOf(-64), p95: middleOf(-48), p99: middleOf(-48) },
    });
    expect(edges[1]?.byVersion.map((v) => [v.version, v.requests, v.errors, v.p99])).toEqual([
      ["", 1, 1, middleOf(-64)],
      ["v1", 90, 0, middleOf(-64)],
      ["v2", 9, 1, middleOf(-48)],
    ]);
  });

  test("edges: how requests ended, and what sidecars said of them", async () => {
    const { edges } = await topology(sql, { fromMs: laterMs - 10_000, toMs: laterMs });
    expect(edges).toMatchObject([
      { requests: 12, errors: 3, clientErrors: 3, grpcErrors: 3, flags: { UF: 3, URX: 3 } },
    ]);
  });

  test("edges: how connections were secured, and the tries beyond each request's first", async () => {
    const { edges } = await topology(sql, { fromMs: muchLaterMs - 10_000, toMs: muchLaterMs });
    expect(edges).toMatchObject([
      { requests: 18, security: { mutual_tls: 9, tls: 3, none: 3 }, resends: 3 * 2 + 3 * 1 },
    ]);
    const [untold] = (await topology(sql, window)).edges;
    expect(untold?.security).toBeUndefined();
    expect(untold?.resends).toBeUndefined();
  });

  test("nodes: what arrived at each version, and who is registered without traffic", async () => {
    const { nodes } = await topology(sql, window);
    const versions = nodes.map(({ service, versions: own }) => [
      service,
      own.map((v) => [v.version, v.requests, v.errors, v.share, v.ready]),
    ]);
    expect(versions).toEqual([
      ["outside", []],
      ["cart", [["v1", 30, 0, 1, false]]],
      ["loadgen", [["v1", 0, 0, undefined, false]]],
      [
        "payments",
        [
          ["v1", 90, 0, 90 / 99, true],
          ["v2", 9, 1, 9 / 99, false],
          ["v10", 0, 0, 0, true],
        ],
      ],
      ["quiet", [["v1", 0, 0, undefined, true]]],
    ]);
  });

  test("a window without data has the registered services and no edges", async () => {
    const empty = await topology(sql, { fromMs: sampleMs - 900_000, toMs: sampleMs - 600_000 });
    expect(empty.edges).toEqual([]);
    expect(empty.nodes.map((node) => node.service)).toEqual(["loadgen", "payments", "quiet"]);
    expect(empty.coveredSeconds).toBe(300);
  });
});

describe("series", () => {
  test("of an edge: every interval is there, also the quiet ones", async () => {
    const points = await edgeSeries(sql, { source: cart, destination: payments }, window, 3);
    expect(points.map((p) => [p.atMs - sampleMs, p.requests, p.errors, p.p50, p.seconds])).toEqual([
      [0, 90, 0, middleOf(-64), 10],
      [10_000, 9, 1, middleOf(-48), 10],
      [20_000, 1, 1, middleOf(-64), 10],
    ]);
    const wide = { fromMs: sampleMs - 40_000, toMs: sampleMs + 20_000 };
    const wider = await edgeSeries(sql, { source: cart, destination: payments }, wide, 2);
    expect(wider.map((p) => [p.atMs - sampleMs, p.requests, p.seconds])).toEqual([
      [-60_000, 0, 0],
      [-30_000, 1_000, 10],
      [0, 99, 20],
    ]);
  });

  test("of a node: whoever sent them", async () => {
    const points = await nodeSeries(sql, cart, window, 1);
    expect(points.map((p) => p.requests)).toEqual([30]);
  });

  test("split by version", async () => {
    const split = await versionSplit(sql, payments, window, 3);
    expect(split.versions.map((v) => [v.version, v.requests, v.errors, v.share])).toEqual([
      ["v1", 90, 0, 90 / 99],
      ["v2", 9, 1, 9 / 99],
    ]);
    expect(split.versions[1]?.series.map((p) => p.requests)).toEqual([0, 9, 0]);
    expect(await versionTotals(sql, payments, window)).toEqual({
      versions: split.versions.map(({ series: _, ...total }) => total),
      coveredSeconds: split.coveredSeconds,
    });
  });

  test("split by version counts what is in the window, though its intervals begin before it", async () => {
    const late = { ...window, fromMs: window.fromMs + 10_000 };
    const { versions } = await versionSplit(sql, payments, late, 1);
    expect(versions.map((v) => [v.version, v.requests])).toEqual([
      ["v1", 0], // its request of status 4xx counts none
      ["v2", 9],
    ]);
  });
});

test("decisions of a policy by verdict and by source", async () => {
  expect(await decisionsOfPolicy(sql, { namespace: "shop", name: "payments-canary" }, window)).toEqual({
    verdicts: [
      { verdict: "version=v2", mode: "observe", revision: 1, evaluated: 15, wouldAct: 8, acted: 0 },
      { verdict: "version=v1", mode: "enforce", revision: 1, evaluated: 7, wouldAct: 0, acted: 0 },
    ],
    sources: [
      { namespace: "shop", service: "cart", evaluated: 17, wouldAct: 3, acted: 0 },
      { namespace: "", service: "outside", evaluated: 5, wouldAct: 5, acted: 0 },
    ],
  });
});
