import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import { createTelemetryCaches } from "../caches.ts";
import { commitTelemetry } from "../commit-telemetry.ts";
import type { EdgePoint } from "../records.ts";
import { cartEnd, paymentsEnd, sampleEdge, sampleMs, sampleRequest } from "../sample-records.ts";
import { storedEdges, waitingEdges } from "./testing/stored-edges.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
});
afterEach(() => sql`TRUNCATE edge_delta`);
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const caches = createTelemetryCaches();
const commit = (...edgePoints: EdgePoint[]) =>
  commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, caches);

test("a commit is one row, however many edges it has", async () => {
  await commit(...Array.from({ length: 200 }, (_, i) => sampleEdge({ method: `M${i}` })));
  expect(await waitingEdges(sql)).toHaveLength(200);
  expect(await sql`SELECT sections FROM edge_delta`).toEqual([{ sections: 1 }]);
});

test("an interval belongs to the slot in which it ended, its own slot when it ended with it", async () => {
  for (const timeMs of [sampleMs + 1, sampleMs + 10_000, sampleMs + 10_001])
    await commit(sampleEdge({ timeMs }));
  const stored = await waitingEdges(sql);
  expect(stored.map(({ slotMs, requests }) => [slotMs - sampleMs, requests])).toEqual([
    [0, 3],
    [0, 3],
    [10_000, 3],
  ]);
});

test("points of one series and slot are one entry", async () => {
  const { histogram } = sampleEdge();
  await commit(sampleEdge(), sampleEdge({ histogram: { indexes: [-100, 7], counts: [1, 5] } }));
  expect(histogram).toEqual({ indexes: [-107, -100], counts: [1, 2] });
  expect(await waitingEdges(sql)).toMatchObject([
    {
      ...{ requests: 6, requestBytes: 60, responseBytes: 600, durationUs: 60_000 },
      histogram: { indexes: [-107, -100, 7], counts: [1, 3, 5] },
    },
  ]);
});

test("slots that are far apart are in rows of their own, which say what is in them", async () => {
  const at = (seconds: number) => sampleEdge({ timeMs: sampleMs + seconds * 1000 });
  await commit(at(10), at(20), at(-3_600), at(1e9), at(-1e12));
  const rows = await sql`
    SELECT (first_slot_ms - ${sampleMs})::float8 AS first, (last_slot_ms - ${sampleMs})::float8 AS last, sections
    FROM edge_delta ORDER BY 1`;
  expect(rows).toEqual([
    { first: -sampleMs, last: -sampleMs, sections: 1 },
    { first: -3_610_000, last: -3_610_000, sections: 1 },
    { first: 0, last: 10_000, sections: 2 },
    { first: 1e12 - 10_000, last: 1e12 - 10_000, sections: 1 },
  ]);
});

// The first digit of a chunk tells what kind of evidence it is of.
test.each`
  reporter         | source       | kind | why
  ${"source"}      | ${cartEnd}   | ${0} | ${"its own report counts"}
  ${"destination"} | ${cartEnd}   | ${1} | ${"the source reports the same"}
  ${"destination"} | ${"outside"} | ${0} | ${"nobody else reports"}
  ${"span.client"} | ${cartEnd}   | ${2} | ${"spans"}
  ${"span.server"} | ${"outside"} | ${2} | ${"spans"}
`("of $reporter, evidence of kind $kind: $why", async ({ reporter, source, kind }) => {
  const outside = { namespace: "", service: "outside", version: "" };
  await commit(sampleEdge({ reporter, source: source === "outside" ? outside : source }));
  const [edge] = await waitingEdges(sql);
  expect(Math.floor((edge?.chunk ?? -1) / 64)).toBe(kind);
});

test("all versions of a destination, and all who call it, are in one chunk", async () => {
  await commit(
    sampleEdge(),
    sampleEdge({ source: paymentsEnd, destination: { ...paymentsEnd, version: "v2" } }),
  );
  const chunks = (await waitingEdges(sql)).map(({ chunk }) => chunk);
  expect(chunks).toHaveLength(2);
  expect(new Set(chunks).size).toBe(1);
});

const odd = { indexes: [Number.NaN, 1e9, -1e9, 3], counts: [1, 2, 3, -4] };

test("a sidecar takes nothing away, and what is out of range is counted with the nearest there is", async () => {
  const numbers = { requests: -1, requestBytes: Number.NaN, responseBytes: 7.4, durationSumSeconds: -5 };
  await commit(sampleEdge({ ...numbers, histogram: odd }));
  expect(await storedEdges(sql)).toMatchObject([
    {
      ...{ requests: 0, requestBytes: 0, responseBytes: 7, durationUs: 0 },
      histogram: { indexes: [-512, 0, 511], counts: [3, 1, 2] },
    },
  ]);
});

test("edges drawn from spans are taken back, and nothing is left when all of it is", async () => {
  const reporter = "span.client";
  const given = {
    reporter,
    requests: 2,
    requestBytes: 0,
    responseBytes: 0,
    durationSumSeconds: 0.3,
  } as const;
  const taken = { ...given, requests: -2, durationSumSeconds: -0.3 };
  const back = { indexes: [-107, -100], counts: [-1, -2] };
  await commit(sampleEdge({ ...taken, histogram: back }));
  expect(await storedEdges(sql)).toMatchObject([{ requests: -2, durationUs: -300_000, histogram: back }]);
  await sql`TRUNCATE edge_delta`;
  await commit(sampleEdge(given), sampleEdge({ ...taken, histogram: back }));
  expect(await storedEdges(sql)).toEqual([]);
});
