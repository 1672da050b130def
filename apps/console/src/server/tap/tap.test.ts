import type { AccessLogRecord } from "@weir/store";
import { waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consoleForTest } from "../testing/console-for-test.ts";

let bench: Awaited<ReturnType<typeof consoleForTest>>;
/** A request of cart to payments, a moment ago. */
const log = (path: string, status: number): AccessLogRecord => ({
  timeNs: BigInt(Date.now()) * 1_000_000n,
  reporter: "source",
  source: { namespace: "shop", service: "cart", version: "v1" },
  destination: { namespace: "shop", service: "payments", version: "v1" },
  ...{ protocol: "http", method: "POST", path, status, flag: "" },
  ...{ durationNs: 5_000_000n, upstreamNs: 4_000_000n, requestBytes: 10n, responseBytes: 20n, decisions: [] },
});
beforeAll(async () => {
  bench = await consoleForTest();
  await bench.commit({ accessLogs: [log("/pay", 200), log("/pay", 200), log("/refund", 503)] });
});
afterAll(() => bench.close());

test("the newest requests, and of them those that are meant", async () => {
  const { tap } = bench.as();
  expect((await tap.recent({})).map(({ path }) => path).sort()).toEqual(["/pay", "/pay", "/refund"]);
  expect(await tap.recent({ statusClass: 5 })).toMatchObject([
    { path: "/refund", status: 503, source: "cart", destination: "payments", seconds: 0.005 },
  ]);
  expect(await tap.recent({ source: "shop/nobody" })).toEqual([]);
  await expect(tap.recent({ source: "nobody" })).rejects.toThrow(/namespace\/name/);
});

const most = { by: ["path" as const], sort: "requests" as const, descending: true };

test("the last minute put together, by what is asked for", async () => {
  const { rows, seconds, groups } = await bench.as().tap.top(most);
  expect([seconds, groups]).toEqual([60, 2]);
  expect(rows.map(({ path, requests, errors }) => [path, requests, errors])).toEqual([
    ["/pay", 2, 0],
    ["/refund", 1, 1],
  ]);
  const byTwo = await bench
    .as()
    .tap.top({ ...most, by: ["status", "source"], sort: "success", descending: false });
  expect(byTwo.rows).toMatchObject([
    { source: { namespace: "shop", service: "cart" }, status: 503, path: undefined },
    { status: 200, requests: 2 },
  ]);
});

test("rows are sorted by what they show, and put together by something", async () => {
  await expect(bench.as().tap.top({ ...most, sort: "method" })).rejects.toThrow(/one of by/);
  await expect(bench.as().tap.top({ ...most, by: [] })).rejects.toThrow(/at least one/);
});

test("requests come as they are logged, until nobody listens", async () => {
  const stream = await bench.as().tap.requests({ path: "/new" });
  const batches = stream[Symbol.asyncIterator]();
  let isTold = false;
  const next = batches.next().finally(() => {
    isTold = true;
  });
  await waitFor(
    async () => {
      await bench.commit({ accessLogs: [log("/new/one", 200)] });
      return isTold;
    },
    { what: "the request to be told" },
  );
  const { value } = await next;
  expect(value?.requests[0]).toMatchObject({ path: "/new/one" });
  expect(await batches.return?.()).toMatchObject({ done: true });
});
