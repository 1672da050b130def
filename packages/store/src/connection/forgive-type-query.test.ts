import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "./open-sql.ts";

let database: TestDatabase;
let admin: Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = openSql(database.databaseUrl, { applicationName: "test-admin", max: 1 });
});
afterAll(async () => {
  await admin.end({ timeout: 1 });
  await database.drop();
});

/** Runs a program of its own, which is given `openSql` and a database behind whatever `url` names. */
async function run(program: string, url: string) {
  const module = new URL("./open-sql.ts", import.meta.url).href;
  const script = `
    const { openSql } = await import(${JSON.stringify(module)});
    const sql = openSql(process.argv[1], { applicationName: "forgiving" });
    ${program}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, url], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: (await ended)[0], output, errors };
}

test("a connection that ends while its types are asked for is one failed query, and no more", async () => {
  const relay = await startRelay();
  const ran = await run(
    `
    for (let done = false; !done; )
      await sql\`SELECT 'answered' AS text\`.then(
        ([row]) => { console.log(row.text); done = true; },
        (error) => console.log(error.code));
    await sql.end({ timeout: 1 });`,
    relay.url,
  );
  relay.close();
  expect(ran).toEqual({ code: 0, output: "57P01\nanswered\n", errors: "" });
});

test("any other promise whose rejection nobody handles ends the process, as ever", async () => {
  const { code, errors } = await run(`Promise.reject(new Error("of our own"));`, database.databaseUrl);
  expect(code).toBe(1);
  expect(errors).toMatch(/of our own/);
});

/** Passes everything on, but the first time that types are asked for the server's process is ended before it can answer. */
async function startRelay() {
  const url = new URL(database.databaseUrl);
  const target = { host: url.hostname, port: Number(url.port) };
  let ended = false;
  const server = createServer((client) => {
    const upstream = connect(target);
    let held: Buffer[] | undefined;
    client.on("error", () => {}).on("close", () => upstream.destroy());
    client.on("data", (bytes: Buffer) => {
      if (ended || !bytes.includes("typarray")) return upstream.write(bytes);
      ended = true;
      held = [];
      // Gone is not yet heard: what it said last comes by another way than who is there.
      const said = once(upstream, "end");
      return endBackend()
        .then(() => said)
        .then(() => client.end(Buffer.concat(held ?? [])));
    });
    upstream
      .on("error", () => {})
      .on("data", (bytes: Buffer) => (held ? held.push(bytes) : client.write(bytes)));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: url.href, close: () => server.close() };
}

async function endBackend(): Promise<void> {
  const there = () =>
    admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'forgiving'`;
  await waitFor(async () => (await there()).length > 0, { what: "the connection to be there" });
  await waitFor(async () => (await there()).length === 0, { what: "the connection to be gone" });
}
