import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { channels, subscribe } from "../connection/subscribe.ts";
import type { TailBatch } from "./answers.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { maintainPartitions } from "./maintain-partitions.ts";
import type { RequestFilter } from "./requests/request-filter.ts";
import { sampleAccessLog, sampleMs, sampleNs, sampleRequest } from "./sample-records.ts";
import { type TailSettings, tailRequests } from "./tail-requests.ts";

let database: TestDatabase;
let sql: Sql;
let subscription: Awaited<ReturnType<typeof subscribe>>;
const wakes = new Set<() => void>();
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  await maintainPartitions(sql, { nowMs: sampleMs, aheadHours: 1, retentionHours: 24 });
  subscription = await subscribe(database.databaseUrl, [channels.telemetry], () => {
    for (const wake of wakes) wake();
  });
});
afterAll(async () => {
  await subscription.close();
  await sql.end();
  await database.drop();
});

let stop: AbortController;
beforeEach(() => {
  stop = new AbortController();
});
afterEach(() => stop.abort());

const source = {
  get sql() {
    return sql;
  },
  listen(wake: () => void) {
    wakes.add(wake);
    return () => wakes.delete(wake);
  },
};

/** Requests of second `at` since the sample's time. */
const commit = (...requests: { readonly path: string; readonly at: number; readonly status?: number }[]) =>
  commitTelemetry(
    sql,
    {
      requests: [
        sampleRequest({
          accessLogs: requests.map(({ at, ...change }) =>
            sampleAccessLog({ timeNs: sampleNs + BigInt(at) * 1_000_000_000n, ...change }),
          ),
        }),
      ],
    },
    createTelemetryCaches(),
  );

/** Starts one, and gives what has come so far. */
async function tail(filter: RequestFilter, settings: TailSettings): Promise<TailBatch[]> {
  const batches: TailBatch[] = [];
  const before = wakes.size;
  const generator = tailRequests(source, filter, stop.signal, settings);
  const take = async () => {
    for await (const batch of generator) batches.push(batch);
  };
  void take();
  // What is there by then counts as old.
  await waitFor(() => wakes.size > before, { what: "the tail to listen" });
  return batches;
}
const pathsOf = (batches: readonly TailBatch[]) =>
  batches.flatMap(({ requests }) => requests.map(({ path }) => path));

test("requests come once each, those that are logged late as well, and none that was there before", async () => {
  let nowMs = sampleMs + 20_000;
  await commit({ path: "/before", at: 18 });
  const batches = await tail({}, { now: () => nowMs });
  await commit({ path: "/new", at: 21 });
  await waitFor(() => pathsOf(batches).includes("/new"), { what: "the new one" });
  nowMs += 10_000;
  await commit({ path: "/late", at: 19 }, { path: "/newer", at: 29 });
  await waitFor(() => pathsOf(batches).includes("/late"), { what: "the late one" });
  expect(pathsOf(batches)).toEqual(["/new", "/late", "/newer"]);
  expect(batches.every(({ missed }) => missed === 0)).toBe(true);
});

test("only what the filter means comes", async () => {
  const batches = await tail({ statusClass: 5 }, { now: () => sampleMs + 60_000 });
  await commit({ path: "/fine", at: 60 }, { path: "/failed", at: 60, status: 503 });
  await waitFor(() => batches.length > 0, { what: "the failed one" });
  expect(pathsOf(batches)).toEqual(["/failed"]);
});

test("what is too much for a batch is counted, and the newest are told", async () => {
  const batches = await tail({}, { now: () => sampleMs + 120_000, batch: 2 });
  await commit(...Array.from({ length: 10 }, (_, i) => ({ path: `/${i}`, at: 121 + i })));
  await waitFor(() => batches.length > 0, { what: "a batch" });
  expect(batches).toEqual([{ requests: [expect.anything(), expect.anything()], missed: 8 }]);
  expect(pathsOf(batches)).toEqual(["/8", "/9"]);
});

test("of more than can be told apart, the rest is counted all the same", async () => {
  const batches = await tail({ pathPrefix: "/many" }, { now: () => sampleMs + 300_000, batch: 5 });
  const count = 21_000;
  await sql`
    INSERT INTO access_log (time_ns, reporter, source_id, destination_id, protocol, method, path, status, flag,
      duration_ns, upstream_ns, request_bytes, response_bytes, decisions)
    SELECT ${String(sampleNs + 300_000_000_000n)}::bigint + i, 0, 1, 1, 'http', 'GET', '/many/' || i, 200, '', 1, 1, 0, 0, '[]'
    FROM generate_series(1, ${count}) AS i`;
  await sql`SELECT pg_notify(${channels.telemetry}, '')`;
  await waitFor(() => batches.length > 0, { what: "a batch" });
  expect(pathsOf(batches)).toEqual([20_996, 20_997, 20_998, 20_999, 21_000].map((n) => `/many/${n}`));
  expect(batches[0]?.missed).toBe(count - 5);
});

test("it ends when it is told to, and listens no more", async () => {
  const before = wakes.size;
  await tail({}, { now: () => sampleMs });
  stop.abort();
  await waitFor(() => wakes.size === before, { what: "it to let go" });
});

test("it ends with the database's absence", async () => {
  const away = openSql("postgres://weir:x@127.0.0.1:9/weir", { applicationName: "test", max: 1 });
  const generator = tailRequests({ ...source, sql: away }, {}, stop.signal);
  await expect(generator.next()).rejects.toMatchObject({ code: "DATABASE_UNREACHABLE" });
  await away.end();
});
