import { outsideMesh } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, ServiceName } from "./answers.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { chunkOf, evidenceKinds } from "./edges/edge-chunk.ts";
import { foldEdgeDeltas } from "./edges/fold-edge-deltas.ts";
import { pairsSeen } from "./pairs-seen.ts";
import type { EdgePoint } from "./records.ts";
import { cartEnd, paymentsEnd, sampleEdge, sampleMs, sampleRequest } from "./sample-records.ts";

/** Of slots of ten seconds: longer ones hold no minute of it. */
const window = { fromMs: sampleMs, toMs: sampleMs + 50_000 };
const other = { namespace: "shop", service: "other", version: "v1" };
const batch = { namespace: "shop", service: "batch", version: "v1" };
const to =
  ({ namespace, service }: ServiceName) =>
  ({ destination }: EdgeName) =>
    destination.namespace === namespace && destination.service === service;
const callersOf = async (service: ServiceName, over = window) =>
  (await pairsSeen(sql, to(service), over)).map(({ source }) => source.service).sort();

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const told: Partial<EdgePoint>[] = [
    {},
    { source: batch, reporter: "destination" },
    { source: outsideMesh, reporter: "destination" },
    { source: other, timeMs: sampleMs + 3_605_000 },
    { source: cartEnd, destination: other },
    { source: other, reporter: "span.client", flag: "" },
  ];
  const edgePoints = told.map((own) => sampleEdge({ timeMs: sampleMs + 5_000, ...own }));
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("callers that either side's sidecar told of in the window, be it folded or not", async () => {
  const expected = ["batch", "cart", "outside"];
  expect(await callersOf(paymentsEnd)).toEqual(expected);
  while ((await foldEdgeDeltas(sql, { nowMs: sampleMs + 7_200_000, mostBytes: 1e6, mostSlots: 500 })).more);
  expect(await callersOf(paymentsEnd)).toEqual(expected);
  const later = { fromMs: sampleMs + 3_600_000, toMs: sampleMs + 3_650_000 };
  expect(await callersOf(paymentsEnd, later)).toEqual(["other"]);
  expect(await callersOf(cartEnd)).toEqual([]);
});

test("only what is kept of the services that are asked for is read, and nothing where nobody ever called", async () => {
  const chunks = [evidenceKinds.primary, evidenceKinds.secondary].map((kind) => chunkOf(kind, paymentsEnd));
  expect(chunks).not.toContain(chunkOf(evidenceKinds.primary, other));
  const broken = await sql`
    UPDATE edge_10s SET payload = '\\x00' WHERE chunk <> ALL (${chunks}::smallint[]) RETURNING chunk`;
  expect(broken.length).toBeGreaterThan(0);
  expect(await callersOf(paymentsEnd)).toEqual(["batch", "cart", "outside"]);
  await expect(callersOf(other)).rejects.toThrow();
  await sql`UPDATE edge_10s SET payload = '\\x00'`;
  expect(await callersOf({ namespace: "shop", service: "nobody" })).toEqual([]);
  await expect(callersOf(paymentsEnd)).rejects.toThrow();
});
