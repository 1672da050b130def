import { outsideMesh } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import { createTelemetryCaches } from "../caches.ts";
import { commitTelemetry } from "../commit-telemetry.ts";
import type { EdgePoint } from "../records.ts";
import { sampleEdge, sampleMs, sampleRequest } from "../sample-records.ts";
import { edgeSignals, nodeSignals, serviceTotals } from "../signals.ts";
import { topology } from "../topology.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
});
afterEach(() => sql`TRUNCATE edge_delta`);
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

const caches = createTelemetryCaches();
const window = { fromMs: sampleMs, toMs: sampleMs + 10_000 };
const end = (service: string, version = "v1") => ({ namespace: "shop", service, version });
const middleOf = (bucket: number) => 2 ** ((bucket + 0.5) / 16);

/** `a>b 5@-64`: five requests, of which the latencies lie in that bucket; no bucket: none was timed. */
function point(reporter: EdgePoint["reporter"], told: string, change: Partial<EdgePoint> = {}): EdgePoint {
  const [, source = "", destination = "", requests = "", , bucket] =
    /^(\w+)>(\w+) (-?\d+)(@(-?\d+))?$/.exec(told) ?? [];
  return sampleEdge({
    ...{ reporter, source: end(source), destination: end(destination), requests: Number(requests) },
    ...{ requestBytes: 0, responseBytes: 0, durationSumSeconds: 0 },
    histogram: bucket
      ? { indexes: [Number(bucket)], counts: [Number(requests)] }
      : { indexes: [], counts: [] },
    ...change,
  });
}

async function edgesOf(...points: EdgePoint[]) {
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints: points })] }, caches);
  const { edges } = await topology(sql, window);
  return edges.map(({ source, destination, requests, p50, evidence }) => {
    const bucket = p50 === undefined ? "-" : Math.round(Math.log2(p50) * 16 - 0.5);
    return `${source.service}>${destination.service} ${requests}@${bucket} ${evidence}`;
  });
}

// What the source's and the destination's sidecar report, and what spans of the client and the server tell.
test.each`
  source       | server       | client       | spanServer   | edge                 | why
  ${"a>b 9@5"} | ${""}        | ${"a>b 1@7"} | ${"a>b 1@6"} | ${"a>b 9@5 metrics"} | ${"metrics count every request"}
  ${""}        | ${""}        | ${"a>b 3@7"} | ${"a>b 3@6"} | ${"a>b 3@7 spans"}   | ${"both sides are one request; the client's time"}
  ${""}        | ${""}        | ${"a>b 3@7"} | ${""}        | ${"a>b 3@7 spans"}   | ${"a client alone"}
  ${""}        | ${""}        | ${""}        | ${"a>b 4@6"} | ${"a>b 4@6 spans"}   | ${"a server alone"}
  ${""}        | ${""}        | ${"a>b 3"}   | ${"a>b 3@6"} | ${"a>b 3@6 spans"}   | ${"the client's was not timed"}
  ${""}        | ${""}        | ${"a>b 2"}   | ${""}        | ${"a>b 2@- spans"}   | ${"nothing was"}
  ${""}        | ${"a>b 8@5"} | ${"a>b 3@7"} | ${""}        | ${"a>b 3@7 spans"}   | ${"the destination's report of what has a sidecar does not count"}
`("$edge: $why", async ({ source, server, client, spanServer, edge }) => {
  const told = (reporter: EdgePoint["reporter"], text: string) =>
    text === "" ? [] : [point(reporter, text)];
  expect(
    await edgesOf(
      ...told("source", source),
      ...told("destination", server),
      ...told("span.client", client),
      ...told("span.server", spanServer),
    ),
  ).toEqual([edge]);
});

test("what servers alone tell of counts beside what clients tell: a try at another version, a further consumer", async () => {
  expect(
    await edgesOf(
      point("span.client", "a>b 1@7"),
      point("span.server", "a>b 1@6"),
      point("span.server", "a>b 9@6", { flag: "alone" }),
    ),
  ).toEqual(["a>b 10@6 spans"]);
});

test("what was taken back is on no map", async () => {
  const back = point("span.client", "a>virtual -2@7");
  expect(
    await edgesOf(point("span.client", "a>virtual 2@7"), back, point("span.client", "a>real 2@7")),
  ).toEqual(["a>real 2@7 spans"]);
});

test("an edge to a service without spans is held back for twenty seconds: better evidence may be on its way", async () => {
  const virtual = { flag: "virtual,sampled" };
  const at = (ms: number) => ({ ...virtual, timeMs: Date.now() - ms });
  await commitTelemetry(
    sql,
    {
      requests: [
        sampleRequest({
          edgePoints: [
            point("span.client", "a>db 1@7", at(0)),
            point("span.client", "a>db 2@7", at(120_000)),
            point("span.client", "a>c 4@7", { flag: "sampled", timeMs: Date.now() }),
          ],
        }),
      ],
    },
    caches,
  );
  const { edges } = await topology(sql, { fromMs: Date.now() - 300_000, toMs: Date.now() + 10_000 });
  expect(edges.map(({ destination, requests }) => [destination.service, requests])).toEqual([
    ["c", 4],
    ["db", 2],
  ]);
});

test("an edge says when it is drawn from a share of the traces", async () => {
  await edgesOf(
    point("span.client", "a>b 1@7", { flag: "sampled" }),
    point("span.client", "a>c 1@7"),
    point("source", "a>d 1@7"),
    point("span.client", "a>d 1@7", { flag: "sampled" }),
  );
  const { edges } = await topology(sql, window);
  expect(edges.map(({ destination, sampled }) => [destination.service, sampled])).toEqual([
    ["b", true],
    ["c", false],
    ["d", false],
  ]);
});

test("each version is told by the same side", async () => {
  await edgesOf(
    point("span.client", "a>b 2@7"),
    point("span.server", "a>b 2@6"),
    point("span.client", "a>b 3@9", { destination: end("b", "v2"), statusClass: 5 }),
  );
  const { edges, nodes } = await topology(sql, window);
  expect(edges[0]).toMatchObject({ requests: 5, errors: 3 });
  expect(edges[0]?.byVersion).toMatchObject([
    { version: "v1", requests: 2, errors: 0, p50: middleOf(7) },
    { version: "v2", requests: 3, errors: 3, p50: middleOf(9) },
  ]);
  expect(nodes.map(({ service, versions }) => [service, versions.map((own) => own.requests)])).toEqual([
    ["a", [0]],
    ["b", [2, 3]],
  ]);
});

test("a service that metrics tell about is told by metrics alone, though spans know more callers", async () => {
  await edgesOf(
    point("source", "a>c 5@5"),
    point("span.client", "b>c 7@7"),
    point("span.client", "b>d 2@7"),
    point("destination", "a>c 5@5", { source: outsideMesh }),
  );
  const signals = await nodeSignals(sql, { namespace: "shop", service: "c" }, window, 1);
  expect(signals.whole).toMatchObject({ requests: 10, p99: middleOf(5) });
  const all = await serviceTotals(sql, window);
  expect(all.map(({ service, requests }) => [service, requests])).toEqual([
    ["c", 10],
    ["d", 2],
  ]);
  const { nodes } = await topology(sql, window);
  expect(nodes.find(({ service }) => service === "c")?.versions).toMatchObject([{ requests: 10 }]);
  // The edge is there all the same, for whoever asks for it.
  const edge = {
    source: { namespace: "shop", service: "b" },
    destination: { namespace: "shop", service: "c" },
  };
  expect((await edgeSignals(sql, edge, window, 1)).whole).toMatchObject({ requests: 7 });
});
