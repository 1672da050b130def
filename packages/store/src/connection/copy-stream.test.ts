import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyIn, copyOut } from "./copy-stream.ts";
import { inTransaction } from "./in-transaction.ts";
import { openSql, type Sql, type TransactionSql } from "./open-sql.ts";

let database: TestDatabase;
let admin: Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = openSql(database.databaseUrl, { applicationName: "test-admin", max: 1 });
  await admin`CREATE TABLE copied (n integer)`;
});
afterAll(async () => {
  await admin.end({ timeout: 1 });
  await database.drop();
});

test("rows go in and come out", async () => {
  await inTransaction(admin, async (transaction) => {
    await pipeline(
      Readable.from(["1\n", "2\n"], { objectMode: false }),
      await copyIn(transaction`COPY copied FROM STDIN`),
    );
    expect(await text(await copyOut(transaction`COPY copied TO STDOUT`))).toBe("1\n2\n");
  });
});

test("a statement that is refused throws its reason", async () => {
  for (const open of [copyIn, copyOut])
    await expect(
      inTransaction<unknown>(admin, (transaction) => open(transaction`COPY nowhere FROM STDIN`)),
    ).rejects.toThrow(/relation "nowhere" does not exist/);
});

test.each([
  ["into", (t: TransactionSql) => copyIn(t`COPY copied FROM STDIN`)],
  [
    "out of",
    (t: TransactionSql) =>
      copyOut(t`COPY (SELECT CASE n WHEN 1 THEN repeat('x', 20000) ELSE pg_sleep(60)::text END
        FROM generate_series(1, 2) AS n) TO STDOUT`),
  ],
])(
  "a COPY %s the database whose beginning and end arrive together is an error that can be caught",
  async (_, open) => {
    const held = await startHeldConnection();
    const sql = openSql(held.databaseUrl, { applicationName: "test-held", max: 1 });
    const copied = inTransaction(sql, async (transaction) => {
      const [backend] = await transaction<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      held.hold();
      const opening = open(transaction);
      await Promise.all([endBackend(backend?.pid ?? 0).then(() => held.release()), opening]);
    });
    await expect(copied).rejects.toMatchObject({ code: "57P01" });
    await sql.end({ timeout: 0 });
    held.close();
  },
);

/** Ends it once it is in the middle of a COPY. */
async function endBackend(pid: number): Promise<void> {
  const copying = () => admin`
    SELECT 1 FROM pg_stat_activity
    WHERE pid = ${pid} AND query LIKE 'COPY%' AND wait_event IN ('ClientRead', 'PgSleep') AND state = 'active'`;
  await waitFor(async () => (await copying()).length > 0, { what: "the COPY to have begun" });
  await admin`SELECT pg_terminate_backend(${pid})`;
  const there = () => admin`SELECT 1 FROM pg_stat_activity WHERE pid = ${pid}`;
  await waitFor(async () => (await there()).length === 0, { what: "the backend to be gone" });
}

/** A way to the database on which answers can be held back, to be handed over as one. */
async function startHeldConnection() {
  const url = new URL(database.databaseUrl);
  const target = { host: url.hostname, port: Number(url.port) };
  let held: Buffer[] | undefined;
  let client: Socket | undefined;
  let ended: Promise<unknown> | undefined;
  const server = createServer((socket) => {
    client = socket;
    const upstream = connect(target);
    ended = once(upstream, "end");
    socket.on("error", () => {}).on("data", (bytes) => upstream.write(bytes));
    upstream
      .on("error", () => {})
      .on("data", (bytes: Buffer) => {
        if (held) held.push(bytes);
        else socket.write(bytes);
      });
    socket.on("close", () => upstream.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    databaseUrl: url.href,
    hold() {
      held = [];
    },
    /** And the end of the connection, once the server's last word has come. */
    async release() {
      await ended;
      client?.end(Buffer.concat(held ?? []));
    },
    close() {
      server.close();
    },
  };
}
