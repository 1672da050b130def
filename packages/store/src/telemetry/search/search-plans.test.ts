import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTransaction } from "../../connection/in-transaction.ts";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import { maintainPartitions } from "../maintain-partitions.ts";
import { sampleMs, sampleNs } from "../sample-records.ts";
import { summariseNewRows } from "../summarise-new-rows.ts";
import { hourMs, hourNs } from "../time.ts";
import type { LookUp } from "./look-up-spans.ts";
import type { SearchStep } from "./search-run.ts";
import type { SpanCondition } from "./span-condition.ts";
import { statementOf } from "./statement-of.ts";

/**
 * What statements of a search read, on 100,000 spans of 10,000 traces in four hours. Of most services, operations and
 * sets there are some, so that a plan that reads too much shows.
 */
const hours = 4;
const tracesAnHour = 2_500;
const rareOperation = 9_001;
const rareSet = 9_002;
const rareHash = 9_003;

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  await maintainPartitions(sql, { nowMs: sampleMs, aheadHours: hours - 1, retentionHours: 24 });
  for (let hour = 0n; hour < hours; hour++) await load(sampleNs + hour * hourNs);
  await sql.unsafe("ANALYZE span, span_value, trace");
  for (let hour = 0; hour < hours; hour++) await summariseNewRows(sql, sampleMs + hour * hourMs);
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** One trace a row of `t`; its third span in the first minute of the hour is rare in all ways. */
async function load(startNs: bigint): Promise<void> {
  const stepNs = hourNs / BigInt(tracesAnHour);
  await sql.unsafe(`
    CREATE TEMP TABLE made AS
    SELECT md5(${startNs} || ' ' || t)::uuid AS trace_id, t, k, ${startNs} + t * ${stepNs}::bigint + k * 1000 AS start_ns,
      t = 7 AND k = 3 AS rare
    FROM generate_series(0, ${tracesAnHour - 1}) AS t, generate_series(0, 9) AS k;
    INSERT INTO span (trace_id, span_id, parent_span_id, service_id, operation_id, resource_id, kind, status, start_ns,
      duration_ns, attribute_set_id, attributes)
    SELECT trace_id, t * 10 + k + 1, CASE WHEN k > 0 THEN t * 10 + 1 END, 1 + t % 50,
      CASE WHEN rare THEN ${rareOperation} ELSE 1 + (t * 10 + k) % 500 END, 1, 2, 0, start_ns, 1000000,
      CASE WHEN rare THEN ${rareSet} ELSE 1 + (t + k) % 300 END, jsonb_build_object('url.path', '/orders/' || t)
    FROM made ORDER BY start_ns;
    INSERT INTO trace (hour_ns, trace_id, start_ns, end_ns, span_count, error_count, root_operation_id,
      first_operation_id, operation_ids, service_ids)
    SELECT ${startNs}, trace_id, min(start_ns), max(start_ns) + 1000000, 10, 0, 1, 1,
      array_agg(1 + (t * 10 + k) % 500), array_agg(DISTINCT 1 + t % 50)
    FROM made GROUP BY trace_id ORDER BY 3;
    INSERT INTO span_value (hour_ns, hashes, owners, traces)
    SELECT ${startNs}, array_agg(CASE WHEN t = 7 THEN ${rareHash} ELSE 10000 + t END ORDER BY t <> 7, t),
      array_agg(row_number ORDER BY t <> 7, t), array_agg(trace_id ORDER BY row_number)
    FROM (SELECT trace_id, t, row_number() OVER (ORDER BY t) FROM made WHERE k = 0) AS known GROUP BY t / 500;
    DROP TABLE made`);
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

const nothing: SpanCondition = {
  ...{
    serviceIds: undefined,
    operationIds: undefined,
    callerIds: undefined,
    attributes: [],
    text: undefined,
    lastHour: undefined,
  },
};

/** What a statement does, in a transaction set up as a search's. */
async function planOf(way: SearchStep["way"], condition: SpanCondition, fromHour: number, toHour: number) {
  const at = (hour: number) => sampleNs + BigInt(Math.round(hour * 60)) * 60_000_000_000n;
  const slice = { fromNs: at(fromHour), toNs: at(toHour) };
  const filter = {
    ...{
      window: { fromNs: at(0), toNs: at(hours) },
      cursor: undefined,
      failed: false,
      serviceIds: undefined,
    },
    ...{ minDurationNs: undefined, maxDurationNs: undefined },
  };
  const root = await inTransaction(sql, async (transaction) => {
    await transaction`SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)`;
    const [row] = await transaction<{ "QUERY PLAN": readonly [{ readonly Plan: PlanNode }] }[]>`
      EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF)
      ${statementOf(transaction, { condition }, { way, slice, limit: 51 }, filter)}`;
    return row?.["QUERY PLAN"][0].Plan as PlanNode;
  });
  const nodes = flatten(root).filter((node) => node["Actual Loops"] > 0);
  return {
    found: root["Actual Rows"],
    /** Partitions that were read, by hours since the first. */
    partitions: (table: string) =>
      [
        ...new Set(
          nodes
            .flatMap((node) => node["Relation Name"] ?? [])
            .filter((name) => name.startsWith(`${table}_h`)),
        ),
      ]
        .map((name) => Number(name.slice(table.length + 2)) - sampleMs / hourMs)
        .sort(),
    indexes: new Set(nodes.flatMap((node) => node["Index Name"]?.replace(/_h\d+/, "") ?? [])),
    rowsRead: (table: string) =>
      nodes
        .filter((node) => node["Relation Name"]?.startsWith(`${table}_h`))
        .reduce((sum, node) => sum + rowsOf(node), 0),
  };
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

function rowsOf(node: PlanNode): number {
  const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  return (node["Actual Rows"] + removed) * node["Actual Loops"];
}

/** Named by Postgres, after as many columns as fit. */
const searchIndex = "span_start_ns_service_id_operation_id_attribute_set_idx";

describe("reading", () => {
  test("through traces takes those of the slice by their time, and no more than are wanted", async () => {
    const { found, partitions, indexes, rowsRead } = await planOf("traces", nothing, 2.25, 2.5);
    expect(found).toBe(51);
    // Of the hour before by the trace's id alone: whether it began there.
    expect(partitions("trace")).toEqual([1, 2]);
    expect(indexes).toEqual(new Set(["trace_start_ns_idx", "trace_pkey"]));
    expect(rowsRead("trace")).toBeLessThan(60);
  });

  test("through traces by a service leaves the others' out", async () => {
    const { found, rowsRead } = await planOf("traces", { ...nothing, serviceIds: [5] }, 2, 3);
    expect(found).toBe(50);
    expect(rowsRead("trace")).toBeLessThanOrEqual(tracesAnHour);
  });

  test("through spans takes the pages of the slice", async () => {
    const attributes = [{ setIds: [], objects: ['{"url.path":"/orders/700"}'], hashes: undefined }];
    const { found, partitions, indexes, rowsRead } = await planOf(
      "spans",
      { ...nothing, attributes },
      2.25,
      2.3,
    );
    expect(found).toBe(1);
    expect(partitions("span")).toEqual([2]);
    expect(partitions("trace")).toEqual([2]);
    expect(indexes).toContain(searchIndex);
    // A twentieth of the hour's, and what else stands in those ranges of pages.
    expect(rowsRead("span")).toBeLessThan(8_000);
  });
});

describe("looking up", () => {
  const byNames: LookUp = { by: "names" };
  test.each([
    { what: "an operation", way: byNames, condition: { ...nothing, operationIds: [rareOperation] } },
    {
      what: "a set",
      way: { by: "attributes", setIds: [rareSet], hashes: [] } as LookUp,
      condition: { ...nothing, attributes: [{ setIds: [rareSet], objects: [], hashes: [] }] },
    },
  ])("$what leaves out ranges of pages that have none of it", async ({ way, condition }) => {
    const { found, partitions, indexes, rowsRead } = await planOf(way, condition, 1, 3);
    expect(found).toBe(2);
    expect(partitions("span")).toEqual([1, 2]);
    expect(indexes).toContain(searchIndex);
    // Ranges of 32 pages hold some 2,500 of an hour's 25,000.
    expect(rowsRead("span")).toBeLessThan(15_000);
  });

  test("a span's own attribute goes to its trace at once", async () => {
    const attributes = [{ setIds: [], objects: ['{"url.path":"/orders/7"}'], hashes: [rareHash] }];
    const way: LookUp = { by: "attributes", setIds: [], hashes: [rareHash] };
    const { found, partitions, indexes, rowsRead } = await planOf(way, { ...nothing, attributes }, 0, 4);
    expect(found).toBe(4);
    expect(partitions("span_value")).toEqual([0, 1, 2, 3]);
    expect(indexes.has("span_trace_id_idx")).toBe(true);
    expect(indexes.has("trace_pkey")).toBe(true);
    expect(rowsRead("span")).toBe(40);
  });
});
