import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../../connection/open-sql.ts";
import { maintainPartitions } from "../maintain-partitions.ts";
import { sampleMs } from "../sample-records.ts";
import { edgeLevels } from "./edge-levels.ts";
import { type PackQuery, packsSql } from "./read-edge-packs.ts";
import { readEdgeMarks } from "./rollup-marks.ts";
import { tileWindow } from "./tile-window.ts";

const hourMs = 3_600_000;
const hours = 30;

let database: TestDatabase;
let sql: Sql;
// Thirty hours of rollups of a mesh that uses every chunk, the finest for some of them: packs are empty, since only the
// plan is looked at.
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  for (let hour = 0; hour <= hours; hour += 3)
    await maintainPartitions(sql, { nowMs: sampleMs + hour * hourMs, aheadHours: 2 });
  for (const { table, slotMs } of edgeLevels) {
    const fromMs = sampleMs + (table === "edge_10s" ? 26 * hourMs : 0);
    await sql`
      INSERT INTO ${sql(table)} (slot_ms, chunk, payload)
      SELECT slot_ms, chunk, '' FROM generate_series(0, 127) AS chunk,
        generate_series(${fromMs}::bigint, ${sampleMs + hours * hourMs}::bigint, ${slotMs}::bigint) AS slot_ms`;
  }
  await sql`UPDATE rollup SET complete_until_ms = ${sampleMs + (hours - 1) * hourMs} WHERE complete_until_ms = 0`;
  await sql`ANALYZE`;
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly Plan[];
}

/** Each table or index that is looked into, and how. */
async function scansOf(
  window: { fromMs: number; toMs: number },
  chunks: PackQuery["chunks"],
): Promise<string[]> {
  const tiles = tileWindow(window, await readEdgeMarks(sql));
  const range = { fromMs: tiles[0]?.fromMs ?? 0, toMs: tiles.at(-1)?.toMs ?? 0 };
  const query = packsSql({ tiles, chunks, column: "payload" }, range);
  const [row] = await sql.unsafe<{ "QUERY PLAN": [{ Plan: Plan }] }[]>(`EXPLAIN (FORMAT json) ${query}`);
  const scans: string[] = [];
  const visit = (plan: Plan) => {
    if (plan["Relation Name"]) scans.push(`${plan["Node Type"]} ${plan["Relation Name"]}`);
    for (const child of plan.Plans ?? []) visit(child);
  };
  if (row) visit(row["QUERY PLAN"][0].Plan);
  return scans;
}

const hour = sampleMs / hourMs;
const lastHour = { fromMs: sampleMs + 27.01 * hourMs, toMs: sampleMs + 28.01 * hourMs };
const all = { first: 0, last: 63 };

test.each([
  ["the map", all],
  ["an edge", [17]],
])("%s of an hour looks into the partitions of its slots only, by their index", async (_, chunks) => {
  const scans = await scansOf(lastHour, chunks);
  const partitions = new Set(scans.map((scan) => scan.split(" ").at(-1)));
  expect(partitions).toEqual(
    new Set([
      "edge_delta",
      ...[`edge_10s_h${hour + 27}`, `edge_10s_h${hour + 28}`],
      `edge_1m_h${Math.floor((hour + 27) / 24) * 24}`,
      `edge_5m_h${Math.floor((hour + 27) / 72) * 72}`,
      `edge_10m_h${Math.floor((hour + 27) / 168) * 168}`,
    ]),
  );
  const read = scans.filter((scan) => scan.startsWith("Seq Scan"));
  expect(read).toEqual(["Seq Scan edge_delta"]);
});

test("the map of a day reads hours, and longer ones, but for its ends", async () => {
  const scans = await scansOf({ fromMs: sampleMs + 60_000, toMs: sampleMs + 27 * hourMs }, all);
  expect(scans.filter((scan) => scan.includes("edge_10s"))).toEqual([]);
  expect(scans.filter((scan) => scan.includes("edge_1m_"))).toHaveLength(1);
  expect(scans.some((scan) => scan.includes("edge_6h"))).toBe(true);
});
