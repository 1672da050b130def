import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { createTestDatabase, freePort, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql } from "../connection/open-sql.ts";
import { openConfigStore } from "./open-config-store.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const changed = (change: (url: URL) => void) => {
  const url = new URL(database.databaseUrl);
  change(url);
  return url.href;
};

test.each([
  [
    "nothing listens",
    async () => {
      const port = String(await freePort());
      return changed((url) => {
        url.port = port;
      });
    },
    { reason: "refused", retryable: true },
  ],
  [
    "a wrong password",
    async () =>
      changed((url) => {
        url.password = "guess";
      }),
    { reason: "authentication", retryable: false },
  ],
  [
    "an unknown database",
    async () =>
      changed((url) => {
        url.pathname = "/nowhere";
      }),
    { reason: "no-database", retryable: false },
  ],
])("%s: reads and writes are refused as that", async (_, url, expected) => {
  const store = openConfigStore(await url());
  const refused = { code: "DATABASE_UNREACHABLE", ...expected };
  await expect(store.readMeshConfig()).rejects.toMatchObject(refused);
  await expect(store.liveEndpoints()).rejects.toMatchObject(refused);
  await expect(store.setMeshMode("enforce", { author: "ada" })).rejects.toMatchObject(refused);
  await store.close();
});

test("connections that the server ended are made anew; a call they cut off is refused as lost", async () => {
  const store = openConfigStore(database.databaseUrl);
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await store.readMeshConfig();
  const end = () => sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'weir-config' AND datname = current_database()`;
  await end();
  expect(await store.readMeshConfig()).toMatchObject({ revision: 0 });

  // The write waits for the mesh's row, so it is surely under way when its connection is ended.
  const locked = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const blocker = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  const blocking = blocker.begin(async (transaction) => {
    await transaction`SELECT 1 FROM mesh FOR UPDATE`;
    locked.resolve();
    await done.promise;
  });
  await locked.promise;
  const write = store.setMeshMode("enforce", { author: "ada" }).catch((error: unknown) => error);
  while (
    (
      await sql`SELECT 1 FROM pg_stat_activity WHERE application_name = 'weir-config'
    AND datname = current_database() AND wait_event_type = 'Lock'`
    ).length === 0
  );
  await end();
  expect(await write).toMatchObject({ code: "DATABASE_UNREACHABLE", retryable: true });
  done.resolve();
  await blocking;
  expect((await store.readMeshConfig()).mesh.mode).toBe("observe");
  await Promise.all([store.close(), sql.end(), blocker.end()]);
});

test("a server that accepts a connection and ends it in the same breath ends no process", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(Buffer.concat([authenticated, ready, shuttingDown])));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const store = openConfigStore(`postgres://weir:secret@127.0.0.1:${port}/weir`);
  // An error that nobody listens to would fail this run.
  await expect(store.setMeshMode("enforce", { author: "ada" })).rejects.toMatchObject({
    ...{ code: "DATABASE_UNREACHABLE", retryable: true },
  });
  await store.close();
  server.close();
});

/** Messages of the protocol (PostgreSQL documentation, 54.7): a type, the length with itself, and what follows. */
const message = (type: string, body: Buffer) =>
  Buffer.concat([Buffer.from(type), Buffer.from(Uint32Array.of(body.length + 4).buffer).swap32(), body]);
const authenticated = message("R", Buffer.alloc(4));
const ready = message("Z", Buffer.from("I"));
const shuttingDown = message("E", Buffer.from("SFATAL\0C57P01\0Mterminating connection\0\0"));
