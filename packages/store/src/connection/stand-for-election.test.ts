import {
  createTestDatabase,
  freePort,
  startTcpRelay,
  type TcpRelay,
  type TestDatabase,
  waitFor,
} from "@weir/testkit";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { openSql, type Sql } from "./open-sql.ts";
import { type Election, standForElection } from "./stand-for-election.ts";

// A peer that vanished is noticed after six seconds only.
vi.setConfig({ testTimeout: 40_000 });

let database: TestDatabase;
let sql: Sql;
let elections: Election[] = [];
let relays: TcpRelay[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});
afterEach(async () => {
  await Promise.all(elections.map((election) => election.close()));
  await Promise.all(relays.map((relay) => relay.close()));
  [elections, relays] = [[], []];
});

/** Who is at work; a candidate's work takes until it is told that it is over. */
function candidates(lock: number) {
  const atWork: string[] = [];
  const failures: unknown[] = [];
  const stand = (name: string, databaseUrl = database.databaseUrl): Election => {
    const election = standForElection({
      ...{ databaseUrl, lock, onFailure: (error) => failures.push(error) },
      onElected: async (over) => {
        atWork.push(name);
        await new Promise((resolve) => over.addEventListener("abort", resolve));
        atWork.splice(atWork.indexOf(name), 1);
      },
    });
    elections.push(election);
    return election;
  };
  const elected = (name: string) =>
    waitFor(() => atWork.includes(name), { what: `${name} to be elected`, timeoutMs: 20_000 });
  return { atWork, failures, stand, elected };
}

/** Asked twice of the server while another waits, it has answered what that one asked before. */
async function askedAgain(): Promise<void> {
  const seen = async () =>
    (
      await sql<{ at: string }[]>`SELECT max(query_start)::text AS at FROM pg_stat_activity
      WHERE application_name = 'weir-election' AND datname = current_database() AND query ~ 'try_advisory'`
    )[0]?.at;
  for (const _ of [1, 2]) {
    const before = await seen();
    await waitFor(async () => (await seen()) !== before, { what: "another attempt" });
  }
}

describe("of two candidates", () => {
  test("one is elected, and the other when it withdraws", async () => {
    const { atWork, stand, elected } = candidates(1);
    const ada = stand("ada");
    await elected("ada");
    stand("bob");
    await askedAgain();
    expect(atWork).toEqual(["ada"]);
    await ada.close();
    await elected("bob");
    expect(atWork).toEqual(["bob"]);
  });

  test("the other is elected when the database ends the connection, and the first is told at once and stands again", async () => {
    const { atWork, stand, elected } = candidates(2);
    stand("ada");
    await elected("ada");
    const bob = stand("bob");
    await askedAgain();
    await sql`SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l USING (pid)
      WHERE a.application_name = 'weir-election' AND l.locktype = 'advisory' AND l.granted
        AND a.datname = current_database()`;
    await waitFor(() => !atWork.includes("ada") || atWork.includes("bob"), { what: "ada to be told" });
    await waitFor(() => atWork.length === 1, { what: "one of them to be elected" });
    const [first] = atWork;
    if (first === "bob") await bob.close();
    else await elections[0]?.close();
    await elected(first === "bob" ? "ada" : "bob");
  });

  test("one whose way to the database is cut stops its work, and is no hindrance to the other", async () => {
    const { atWork, stand, elected } = candidates(3);
    const { relay, databaseUrl } = await relayed();
    stand("ada", databaseUrl);
    await elected("ada");
    stand("bob");
    await relay.cut();
    await elected("bob");
    expect(atWork).toEqual(["bob"]);
  });

  test("one that hears nothing any more stops its work before the database gives its lock to another", async () => {
    const { atWork, stand, elected } = candidates(8);
    const { relay, databaseUrl } = await relayed();
    stand("ada", databaseUrl);
    await elected("ada");
    stand("bob");
    relay.freeze();
    await waitFor(() => !atWork.includes("ada"), { what: "ada to notice", timeoutMs: 20_000 });
    expect(atWork).toEqual([]);
  });
});

async function relayed() {
  const url = new URL(database.databaseUrl);
  const relay = await startTcpRelay({ host: url.hostname, port: Number(url.port) });
  relays.push(relay);
  url.host = `127.0.0.1:${relay.port}`;
  return { relay, databaseUrl: url.href };
}

test("locks of other names are none of its business", async () => {
  const [one, other] = [candidates(4), candidates(5)];
  one.stand("ada");
  other.stand("bob");
  await one.elected("ada");
  await other.elected("bob");
});

test("work that ends by itself gives up the lock, and is begun again", async () => {
  let terms = 0;
  elections.push(
    standForElection({
      ...{ databaseUrl: database.databaseUrl, lock: 6, onFailure: () => {} },
      onElected: () => Promise.resolve(void terms++),
    }),
  );
  await waitFor(() => terms >= 2, { what: "a second term" });
});

test("says why it cannot stand, and goes on trying", async () => {
  const { failures, stand } = candidates(7);
  stand("ada", `postgres://weir:x@127.0.0.1:${await freePort()}/weir`);
  await waitFor(() => failures.length >= 2, { what: "two attempts" });
  expect(failures[0]).toMatchObject({ code: "DATABASE_UNREACHABLE", reason: "refused" });
});
