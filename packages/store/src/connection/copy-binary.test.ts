import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { int2Field, int4Field, int8Field, readBinaryRows, writeBinaryRows } from "./copy-binary.ts";
import { inTransaction } from "./in-transaction.ts";
import { openSql, type Sql } from "./open-sql.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await sql`CREATE TABLE kept (small smallint, middle integer, large bigint, bytes bytea)`;
});
beforeEach(() => sql`TRUNCATE kept`);
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

const columns = "kept (small, middle, large, bytes)";
const sizes = [0, 1, 63, 5_000, 70_000, 3, 1_000_000, 20];
const bytesOf = (n: number, size: number) => Buffer.alloc(size, n + 1);

test("rows of any size come back as they went, fields that are NULL too", async () => {
  await inTransaction(sql, (transaction) =>
    writeBinaryRows(
      transaction,
      columns,
      sizes.map((size, n) => [
        ...[int2Field(n - 4), int4Field(-n * 1e6), int8Field(n * 2 ** 50)],
        n === 3 ? null : bytesOf(n, size),
      ]),
    ),
  );
  const [told] = await sql`SELECT sum(small)::int, min(middle)::int, max(large)::text FROM kept`;
  expect(told).toEqual({ sum: -4, min: -7e6, max: String(7 * 2 ** 50) });
  const rows: unknown[] = [];
  await readBinaryRows(
    sql,
    "SELECT small, middle, large, bytes FROM kept ORDER BY small",
    ([small, middle, large, bytes]) => {
      rows.push([
        small?.readInt16BE(),
        middle?.readInt32BE(),
        Number(large?.readBigInt64BE()),
        bytes && Buffer.from(bytes),
      ]);
    },
  );
  expect(rows).toEqual(
    sizes.map((size, n) => [n - 4, n === 0 ? 0 : -n * 1e6, n * 2 ** 50, n === 3 ? null : bytesOf(n, size)]),
  );
});

test("many small rows, and none", async () => {
  const numbers: number[] = [];
  const read = (query: string) => readBinaryRows(sql, query, ([n]) => numbers.push(n?.readInt32BE() ?? 0));
  await read("SELECT n::int FROM generate_series(1, 100000) AS n");
  await read("SELECT 1 WHERE false");
  expect(numbers).toHaveLength(100_000);
  expect(numbers.every((n, i) => n === i + 1)).toBe(true);
});

test("a row that cannot be taken is an error, and the connection serves on", async () => {
  let taken = 0;
  const reading = readBinaryRows(sql, "SELECT repeat('x', 10000) FROM generate_series(1, 500)", () => {
    if (++taken === 3) throw new TypeError("not this one");
  });
  await expect(reading).rejects.toThrow("not this one");
  expect(taken).toBe(3);
  expect(await sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
});

test.each([
  ["that is refused", "SELECT nothing", /column "nothing" does not exist/],
  ["that fails half-way", "SELECT 1 / (50000 - n) FROM generate_series(1, 100000) AS n", /division by zero/],
])("a query %s is an error, and the connection serves on", async (_, query, message) => {
  await expect(readBinaryRows(sql, query, () => {})).rejects.toThrow(message);
  expect(await sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
});

test("rows that are refused are an error, and nothing is inserted", async () => {
  const row = [int2Field(1), int2Field(1), int8Field(1), null];
  await expect(
    inTransaction(sql, (transaction) => writeBinaryRows(transaction, columns, [row])),
  ).rejects.toThrow(/insufficient data left/);
  expect(await sql`SELECT 1 FROM kept`).toEqual([]);
});
