import { createServer } from "node:net";
import { createTestDatabase, freePort, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkDatabase } from "./check-database.ts";

let database: TestDatabase;
let stranger: { port: number; close(): void };

beforeAll(async () => {
  database = await createTestDatabase();
  stranger = await startStranger();
});
afterAll(async () => {
  stranger.close();
  await database.drop();
});

test("a database that is there and migrated is fine", async () => {
  await checkDatabase(database.databaseUrl);
});

const withParts = (change: (url: URL) => void) => {
  const url = new URL(database.databaseUrl);
  change(url);
  return url.href;
};

test.each([
  ["not a URL", async () => "weir", "invalid-url", /must look like postgres:\/\//],
  ["another scheme", async () => "mysql://u:secret@127.0.0.1/x", "invalid-url", /must look like/],
  [
    "nothing listens",
    async () => {
      const port = await freePort();
      return withParts((url) => {
        url.port = String(port);
      });
    },
    "refused",
    /nothing listens there/,
  ],
  [
    "a wrong password",
    async () =>
      withParts((url) => {
        url.password = "secret";
      }),
    "authentication",
    /refuses the user or the password/,
  ],
  [
    "an unknown database",
    async () =>
      withParts((url) => {
        url.pathname = "/nowhere";
      }),
    "no-database",
    /nowhere: the database does not exist/,
  ],
  [
    "a server that is not Postgres",
    async () => `postgres://u:secret@127.0.0.1:${stranger.port}/x`,
    "not-postgres",
    /is not Postgres/,
  ],
  ["an unknown host", async () => "postgres://u:secret@no-such-host.invalid:5432/x", "refused", /host name/],
])("%s", async (_, url, reason, message) => {
  const error = await checkDatabase(await url()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "DATABASE_UNREACHABLE", reason });
  expect(String(error)).toMatch(message);
  expect(String(error)).not.toContain("secret");
});

/** Answers whatever comes as an HTTP server would. */
async function startStranger(): Promise<{ port: number; close(): void }> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
  return { port: address.port, close: () => server.close() };
}
