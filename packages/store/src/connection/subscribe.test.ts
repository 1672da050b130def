import { createTestDatabase, freePort, type TestDatabase, waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "./open-sql.ts";
import { channels, subscribe } from "./subscribe.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("hears its channels only, comes back by itself, and says that something may have been missed", async () => {
  const heard: string[] = [];
  const states: string[] = [];
  const subscription = await subscribe(
    database.databaseUrl,
    [channels.config, channels.endpoints],
    (channel, payload) => heard.push(`${channel} ${payload}`),
    (state) => states.push(state),
  );
  await sql`SELECT pg_notify('weir_telemetry', 'x'), pg_notify('weir_config', '7')`;
  await waitFor(() => heard.length > 0, { what: "a notification" });
  expect(heard).toEqual(["weir_config 7"]);

  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'weir-subscription' AND datname = current_database()`;
  await waitFor(() => heard.length >= 3, { what: "the resync" });
  expect(heard.slice(1)).toEqual(["weir_config resync", "weir_endpoints resync"]);
  expect(states).toEqual(["listening", "disconnected", "listening"]);

  await sql`SELECT pg_notify('weir_endpoints', '')`;
  await waitFor(() => heard.length >= 4, { what: "a notification after it" });
  await subscription.close();
  await sql`SELECT pg_notify('weir_config', '8')`;
  expect(heard).toHaveLength(4);
  expect(states).toHaveLength(3);
});

test("rejects when the first connection fails", async () => {
  const url = `postgres://weir:x@127.0.0.1:${await freePort()}/weir`;
  await expect(subscribe(url, [channels.config], () => {})).rejects.toMatchObject({
    code: "DATABASE_UNREACHABLE",
    reason: "refused",
  });
});
