import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import { createTelemetryCaches } from "../caches.ts";
import { commitTelemetry } from "../commit-telemetry.ts";
import { recentRequests } from "../recent-requests.ts";
import type { AccessLogRecord } from "../records.ts";
import {
  cartEnd,
  paymentsEnd,
  sampleAccessLog,
  sampleMs,
  sampleNs,
  sampleRequest,
} from "../sample-records.ts";
import { hourMs } from "../time.ts";
import { topRequests } from "../top-requests.ts";
import type { RequestFilter } from "./request-filter.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const accessLogs = requests.map((change, second) =>
    sampleAccessLog({ timeNs: sampleNs + BigInt(second) * 1_000_000_000n, ...change }),
  );
  await commitTelemetry(sql, { requests: [sampleRequest({ accessLogs })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const ms = 1_000_000n;
const outside = { namespace: "", service: "outside", version: "" };
const would = { policy: "p", wouldAct: true, acted: false };
const did = { policy: "q", wouldAct: true, acted: true };

/** Of seconds 0, 1, 2 …; of all but the last the source is cart and the destination payments. */
const requests: Partial<AccessLogRecord>[] = [
  { path: "/pay/1", durationNs: 10n * ms },
  { path: "/pay/2", durationNs: 20n * ms, status: 503 },
  { path: "/Pay/3", durationNs: 30n * ms, status: 0, flag: "UF" },
  { path: "/refund", method: "PUT", durationNs: 40n * ms, destination: { ...paymentsEnd, version: "v2" } },
  { path: "/pay/4", decisions: [would], status: 404 },
  { path: "/pay/5", decisions: [{ ...would, wouldAct: false }, did] },
  { path: "/pay/6", reporter: "destination" },
  { path: "/cart", reporter: "destination", source: outside, destination: cartEnd, durationNs: 100n * ms },
];
const window = { fromMs: sampleMs, toMs: sampleMs + 60_000 };

describe("requests are filtered", () => {
  test.each<[string, RequestFilter, number[]]>([
    ["by nothing: each once, as its source reports it", {}, [7, 5, 4, 3, 2, 1, 0]],
    ["by nothing, whoever reports it", { everyReport: true }, [7, 6, 5, 4, 3, 2, 1, 0]],
    ["by source", { source: cartEnd }, [5, 4, 3, 2, 1, 0]],
    ["by a source outside the mesh", { source: outside }, [7]],
    ["by destination, in all its versions", { destination: paymentsEnd }, [5, 4, 3, 2, 1, 0]],
    ["by a service that nobody has seen", { destination: { namespace: "shop", service: "nobody" } }, []],
    ["by a namespace at either end", { namespaces: ["shop", "bank"] }, [7, 5, 4, 3, 2, 1, 0]],
    ["by a namespace of which there is none", { namespaces: ["bank"] }, []],
    ["by namespace and source", { namespaces: ["shop"], source: outside }, [7]],
    ["by the beginning of the path", { pathPrefix: "/pay/" }, [5, 4, 1, 0]],
    ["by a beginning that a pattern might misread", { pathPrefix: "/p_y" }, []],
    ["by status", { statusClass: 5 }, [1]],
    ["by no response", { statusClass: 0 }, [2]],
    ["by one status", { status: 404 }, [4]],
    ["by duration", { minDurationMs: 30 }, [7, 3, 2]],
    ["by what would have been done", { decided: "would-act" }, [4]],
    ["by what was done", { decided: "acted" }, [5]],
    ["by two of these", { statusClass: 2, pathPrefix: "/pay/" }, [5, 0]],
  ])("%s", async (_, filter, expected) => {
    const { requests, searchedBackToNs } = await recentRequests(sql, filter, window, 20, {
      budgetMs: 60_000,
    });
    expect(requests.map(({ timeNs }) => Number((timeNs - sampleNs) / 1_000_000_000n))).toEqual(expected);
    expect(searchedBackToNs).toBeUndefined();
  });
});

describe("recent requests", () => {
  test("are as many as are wanted, the newest", async () => {
    const { requests, searchedBackToNs } = await recentRequests(sql, {}, window, 2, { budgetMs: 60_000 });
    expect(requests.map(({ path }) => path)).toEqual(["/cart", "/pay/5"]);
    expect(searchedBackToNs).toBeUndefined();
  });

  test("say back to where they were looked for when time runs out", async () => {
    let now = 0;
    const settings = { budgetMs: 5, clock: () => now++ };
    const day = { fromMs: sampleMs - 24 * hourMs, toMs: sampleMs + 8_000 };
    const { requests, searchedBackToNs } = await recentRequests(sql, {}, day, 20, settings);
    expect(searchedBackToNs).toBeLessThan(sampleNs + 8_000n * ms);
    expect(searchedBackToNs).toBeGreaterThan(sampleNs - 24n * 3_600_000n * ms);
    expect(requests.every(({ timeNs }) => timeNs >= (searchedBackToNs ?? 0n))).toBe(true);
  });
});

describe("top requests", () => {
  const most = { sort: "requests", descending: true, limit: 10 } as const;

  test("by source and destination: versions together, errors are 5xx and no response", async () => {
    const { rows, groups } = await topRequests(sql, window, { ...most, by: ["source", "destination"] });
    expect(groups).toBe(2);
    expect(rows).toEqual([
      {
        source: { namespace: "shop", service: "cart" },
        destination: { namespace: "shop", service: "payments" },
        ...{ version: undefined, method: undefined, path: undefined, status: undefined },
        ...{ requests: 6, errors: 2 },
        ...{ p50: expect.closeTo(0.01, 3), p95: expect.closeTo(0.04, 2), p99: expect.closeTo(0.04, 2) },
      },
      expect.objectContaining({ source: { namespace: "", service: "outside" }, requests: 1, errors: 0 }),
    ]);
    const p99 = rows[1]?.p99 ?? 0;
    expect(Math.abs(p99 / 0.1 - 1)).toBeLessThan(0.022);
  });

  test("by several things at once, of what a filter means", async () => {
    const { rows } = await topRequests(sql, window, {
      ...{ ...most, by: ["destination", "method", "path"], filter: { destination: paymentsEnd } },
    });
    expect(rows).toHaveLength(6);
    expect(rows).toContainEqual(
      expect.objectContaining({
        destination: { namespace: "shop", service: "payments" },
        ...{ method: "PUT", path: "/refund", status: undefined, requests: 1 },
      }),
    );
  });

  test("by status, the most frequent first, and how many there are beyond the limit", async () => {
    const { rows, groups } = await topRequests(sql, window, { ...most, by: ["status"], limit: 3 });
    expect(rows.map(({ status, requests }) => [status, requests])).toEqual([
      [200, 4],
      [0, 1],
      [404, 1],
    ]);
    expect(groups).toBe(4);
  });

  test.each`
    sort         | descending | by                       | first
    ${"path"}    | ${true}    | ${["path"]}              | ${{ path: "/refund" }}
    ${"success"} | ${false}   | ${["status"]}            | ${{ status: 0, requests: 1, errors: 1 }}
    ${"errors"}  | ${true}    | ${["source"]}            | ${{ source: { namespace: "shop", service: "cart" } }}
    ${"p99"}     | ${true}    | ${["source"]}            | ${{ source: { namespace: "", service: "outside" } }}
    ${"p99"}     | ${false}   | ${["source"]}            | ${{ source: { namespace: "shop", service: "cart" } }}
    ${"p50"}     | ${true}    | ${["source", "version"]} | ${{ source: { namespace: "", service: "outside" } }}
  `("by $by, sorted by $sort: $first comes first", async ({ sort, descending, by, first }) => {
    const { rows } = await topRequests(sql, window, { by, sort, descending, limit: 1 });
    expect(rows).toEqual([expect.objectContaining(first)]);
  });

  test("of the window only", async () => {
    const later = { fromMs: window.toMs, toMs: window.toMs + 1 };
    expect(await topRequests(sql, later, { ...most, by: ["source"] })).toEqual({ rows: [], groups: 0 });
  });
});
