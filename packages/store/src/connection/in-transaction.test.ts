import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createTestDatabase, startTcpRelay, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inTransaction } from "./in-transaction.ts";
import { openSql, type Sql, type TransactionSql } from "./open-sql.ts";

let database: TestDatabase;
let sql: Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 2 });
  await sql`CREATE TABLE kept (n integer CHECK (n > 0))`;
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});
beforeEach(() => sql`TRUNCATE kept`);

const numbers = async () => (await sql<{ n: number }[]>`SELECT n FROM kept ORDER BY n`).map(({ n }) => n);

async function copy(transaction: TransactionSql, ...lines: string[]): Promise<void> {
  await pipeline(
    Readable.from(lines, { objectMode: false }),
    await transaction`COPY kept FROM STDIN`.writable(),
  );
}

test("what it did is there when it resolves", async () => {
  const result = await inTransaction(sql, async (transaction) => {
    await copy(transaction, "1\n", "2\n");
    return transaction<{ n: number }[]>`INSERT INTO kept VALUES (3) RETURNING n`;
  });
  expect(result).toEqual([{ n: 3 }]);
  expect(await numbers()).toEqual([1, 2, 3]);
});

test.each<[string, (transaction: TransactionSql) => Promise<unknown>, RegExp]>([
  ["a statement that is refused", (transaction) => transaction`INSERT INTO kept VALUES (-1)`, /kept_n_check/],
  ["a COPY that is refused", (transaction) => copy(transaction, "2\n", "-1\n"), /kept_n_check/],
  ["a COPY of what is no number", (transaction) => copy(transaction, "x\n"), /invalid input syntax/],
  ["a fault of our own", () => Promise.reject(new TypeError("ours")), /ours/],
])("%s undoes all of it, and the connection serves on", async (_, work, message) => {
  for (let round = 0; round < 3; round++)
    await expect(
      inTransaction(sql, async (transaction) => {
        await transaction`INSERT INTO kept VALUES (1)`;
        await work(transaction);
      }),
    ).rejects.toThrow(message);
  expect(await numbers()).toEqual([]);
});

test("a connection that the server ends rejects, and the pool makes another", async () => {
  for (let round = 0; round < 3; round++)
    await expect(
      inTransaction(sql, async (transaction) => {
        await transaction`INSERT INTO kept VALUES (1)`;
        await transaction`SELECT pg_terminate_backend(pg_backend_pid())`;
      }),
    ).rejects.toThrow(/terminating connection|CONNECTION/);
  expect(await numbers()).toEqual([]);
});

test.each(["a statement", "a COPY"])("the way cut off in the middle of %s rejects", async (kind) => {
  const url = new URL(database.databaseUrl);
  const relay = await startTcpRelay({ host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${relay.port}`;
  const cutSql = openSql(url.href, { applicationName: "test", max: 1 });
  const cut = inTransaction(cutSql, async (transaction) => {
    await transaction`INSERT INTO kept VALUES (1)`;
    if (kind === "a statement") {
      const waiting = transaction`SELECT pg_sleep(60)`.execute();
      await relay.cut();
      await waiting;
    } else {
      const target = await transaction`COPY kept FROM STDIN`.writable();
      target.write("2\n");
      const piped = pipeline(Readable.from(["3\n"], { objectMode: false }), target);
      await relay.cut();
      await piped;
    }
  });
  await expect(cut).rejects.toThrow();
  await relay.close();
  await cutSql.end({ timeout: 0 });
  expect(await numbers()).toEqual([]);
});
