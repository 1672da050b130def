import { graphOfTrace } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../connection/in-transaction.ts";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import { createTelemetryCaches, type TelemetryCaches } from "../caches.ts";
import type { EdgePoint, SpanRecord } from "../records.ts";
import { sampleNs, sampleSpan, sampleSpanId, sampleTraceId } from "../sample-records.ts";
import { spanBlockOf } from "../spans/span-block-of.ts";
import { prepareSpans, storeSpans } from "../spans/store-spans.ts";
import { edgePointsOf } from "./edge-points.ts";
import { longestTrace } from "./graph-plan.ts";
import { KnownTraces } from "./known-traces.ts";
import { forgetGraph } from "./span-graph.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 6 });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** Stores spans as one batch of a collector; gives what it adds to the edges. */
async function commit(caches: TelemetryCaches, records: readonly SpanRecord[], fails = false) {
  const prepared = await prepareSpans(sql, caches, [spanBlockOf(records)]);
  const settled = await inTransaction(sql, async (transaction) => {
    const result = await storeSpans(transaction, caches, prepared);
    if (fails) throw new Error("the commit failed");
    return result;
  }).catch((error: unknown) => {
    forgetGraph(caches, prepared.graph);
    throw error;
  });
  settled.remember();
  return settled;
}

const service = (name: string) => ({ namespace: "shop", name, version: "v1" });
/** A chain of calls: each service a client span that the next one answers with a server span. */
function chain(trace: number, names: readonly string[]): SpanRecord[] {
  const traceId = sampleTraceId(trace);
  return names.flatMap((name, i) => {
    const own = { traceId, service: service(name), startNs: sampleNs + BigInt(i) * 1_000_000n };
    const server = sampleSpan({
      ...own,
      ...{ spanId: sampleSpanId(2 * i + 1), kind: 2 },
      parentSpanId: i === 0 ? undefined : sampleSpanId(2 * i),
    });
    const client = sampleSpan({
      ...own,
      ...{ spanId: sampleSpanId(2 * i + 2), parentSpanId: sampleSpanId(2 * i + 1), kind: 3 },
      attributes: { "server.address": names[i + 1] ?? "elsewhere" },
    });
    return [server, client];
  });
}

/** Requests by edge, as text; what has been taken back is gone. */
function requestsOf(points: Iterable<EdgePoint>): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { reporter, source, destination, flag, requests } of points) {
    const key = `${reporter} ${source.service} > ${destination.service} ${flag}`;
    sums.set(key, (sums.get(key) ?? 0) + requests);
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0).sort());
}

/** What the edges of these spans are when all are known at once. */
function wholeGraph(records: readonly SpanRecord[]): Record<string, number> {
  const block = spanBlockOf(records);
  const graphs = Map.groupBy(block.facts, (_, i) => block.traces[i]);
  const changes = Array.from(graphs.values(), (facts) => ({
    ...{ trace: "", plus: graphOfTrace(facts).edges, minus: [], expired: 0 },
    known: { spans: [], graph: { edges: [], expired: 0 }, states: [] },
  }));
  return requestsOf(edgePointsOf(changes));
}

let traces = 1_000;
const nextTrace = (): number => {
  traces += 10;
  return traces;
};

test("an edge is virtual until its server shows, and then what it is, whoever stored the rest", async () => {
  const [server, client, answer] = chain(nextTrace(), ["cart", "payments"]) as [
    SpanRecord,
    SpanRecord,
    SpanRecord,
  ];
  const first = await commit(createTelemetryCaches(), [server, client]);
  expect(requestsOf(first.points)).toEqual({
    "span.client cart > payments virtual": 1,
    "span.server outside > cart alone": 1,
  });
  // Another collector, or the same one after a crash: it knows nothing of the trace.
  const second = await commit(createTelemetryCaches(), [answer]);
  expect(requestsOf(second.points)).toEqual({
    "span.client cart > payments ": 1,
    "span.client cart > payments virtual": -1,
    "span.server cart > payments ": 1,
  });
  expect(second.counts).toMatchObject({ reloaded: 1, skipped: 0 });
});

test("a database is no guess: its edge need not wait for spans of its own", async () => {
  const query = sampleSpan({
    ...{ traceId: sampleTraceId(nextTrace()), service: service("cart"), kind: 3 },
    attributes: { "db.system.name": "redis", "server.address": "cache" },
  });
  const { points } = await commit(createTelemetryCaches(), [query]);
  expect(Object.values(requestsOf(points))).toEqual([1]);
  expect(Object.keys(requestsOf(points))[0]).not.toContain("virtual");
});

test("however spans are spread over batches and collectors, the edges add up to the whole graph", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { minLength: 24, maxLength: 24 }),
      fc.nat(),
      async (places, rotation) => {
        const base = nextTrace();
        const spans = [
          ...chain(base, ["cart", "payments", "bank", "ledger"]),
          ...chain(base + 1, ["web", "cart", "payments", "bank"]),
          ...chain(base + 2, ["web", "cart", "cart", "web"]),
        ];
        const collectors = [createTelemetryCaches(), createTelemetryCaches(), createTelemetryCaches()];
        const points: EdgePoint[] = [];
        for (let turn = 0; turn < 4; turn++) {
          const batches = collectors.map((_, c) =>
            spans.filter((__, i) => places[i]?.[0] === c && places[i]?.[1] === turn),
          );
          const order = batches.map((_, c) => (c + rotation) % 3);
          const committed = await Promise.all(
            // The first collector has two batches on their way at once.
            order.flatMap((c) => {
              const batch = batches[c] ?? [];
              const halves = c === 0 ? [batch.slice(0, 3), batch.slice(3)] : [batch];
              return halves
                .filter((half) => half.length > 0)
                .map(async (half) => (await commit(collectors[c] as TelemetryCaches, half)).points);
            }),
          );
          points.push(...committed.flat());
        }
        expect(requestsOf(points)).toEqual(wholeGraph(spans));
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);

test("what was rolled back is not remembered", async () => {
  const spans = chain(nextTrace(), ["cart", "payments"]);
  const caches = createTelemetryCaches();
  await expect(commit(caches, spans.slice(0, 2), true)).rejects.toThrow("the commit failed");
  const points = [
    ...(await commit(caches, spans.slice(0, 2))).points,
    ...(await commit(caches, spans.slice(2))).points,
  ];
  expect(requestsOf(points)).toEqual(wholeGraph(spans));
});

test("a trace beyond the bound is stored and left out of the graph, without reading it again and again", async () => {
  const traceId = sampleTraceId(nextTrace());
  const spans = Array.from({ length: longestTrace + 1 }, (_, i) =>
    sampleSpan({ traceId, spanId: sampleSpanId(i + 1) }),
  );
  const caches = createTelemetryCaches();
  expect((await commit(caches, spans)).counts).toMatchObject({ edges: 0, skipped: 1 });
  expect(
    (await commit(caches, [sampleSpan({ traceId, spanId: sampleSpanId(99_999) })])).counts,
  ).toMatchObject({
    ...{ edges: 0, skipped: 1 },
  });
});

test("known traces are bounded by their spans, and those that nothing came to are forgotten", () => {
  const known = new KnownTraces(10);
  const of = (count: number) => ({
    spans: spanBlockOf(Array.from({ length: count }, () => sampleSpan())).facts,
    graph: { edges: [], expired: 0 },
    states: [],
  });
  const lengths = () => ["a", "b", "c", "d"].map((trace) => known.get(trace)?.spans.length);
  known.set("a", of(3));
  known.set("b", of(2));
  known.set("c", of(4));
  expect(lengths()).toEqual([3, 2, 4, undefined]);
  known.set("b", of(1));
  known.set("d", of(2));
  expect(lengths()).toEqual([undefined, 1, 4, 2]);
  known.set("d", of(6));
  expect(lengths()).toEqual([undefined, undefined, undefined, undefined]);
});
