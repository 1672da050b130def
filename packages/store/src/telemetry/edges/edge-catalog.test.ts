import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../connection/in-transaction.ts";
import { openSql, type Sql, type TransactionSql } from "../../connection/open-sql.ts";
import { catalogOf, EdgeCatalog } from "./edge-catalog.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 4 });
  await sql`INSERT INTO telemetry_service (namespace, name, version) VALUES ('shop', 'a', 'v1'), ('shop', 'b', 'v1')`;
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

async function addSeries(on: Sql | TransactionSql, method: string, flag = "", reporter = 0): Promise<number> {
  const [row] = await on<{ id: number }[]>`
    INSERT INTO edge_series (reporter, source_id, destination_id, protocol, method, status_class, flag)
    VALUES (${reporter}, 1, 2, 'http', ${method}, 0, ${flag}) RETURNING id`;
  return row?.id ?? 0;
}

test("series that were added before others, and committed after them, are not missed", async () => {
  const catalog = new EdgeCatalog();
  const slow = await inTransaction(sql, async (transaction) => {
    const id = await addSeries(transaction, "SLOW");
    const fast = await addSeries(sql, "FAST");
    await catalog.refresh(sql);
    expect(catalog.get(fast)).toMatchObject({ failed: true, statusClass: 0 });
    expect(catalog.get(id)).toBeUndefined();
    return id;
  });
  await catalog.refresh(sql);
  expect(catalog.get(slow)?.target.pair).toMatchObject({
    source: { namespace: "shop", service: "a" },
    destination: { namespace: "shop", service: "b" },
  });
});

test("what was read once is not read again", async () => {
  const catalog = new EdgeCatalog();
  await addSeries(sql, "OLD");
  await catalog.refresh(sql);
  const [before] = await sql<{ reads: number }[]>`SELECT count(*)::int AS reads FROM edge_series`;
  await sql`UPDATE telemetry_service SET version = 'changed' WHERE id = 2`;
  const id = await addSeries(sql, "NEW", "virtual,sampled", 2);
  await catalog.refresh(sql);
  expect(before?.reads).toBeGreaterThan(1);
  expect(catalog.get(id)).toMatchObject({
    side: "client",
    virtual: true,
    sampled: true,
    target: { version: "changed" },
  });
  expect(catalog.get(id - 1)?.target.version).toBe("v1");
  expect(catalog.spanPairs.size).toBe(1);
});

test("a pool has one catalog", () => {
  expect(catalogOf(sql)).toBe(catalogOf(sql));
});
