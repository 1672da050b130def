import { connect } from "node:net";
import { decodeStatus } from "@weir/telemetry/otlp";
import { createLogger } from "@weir/telemetry/process";
import { waitFor } from "@weir/testkit";
import { expect, test } from "vitest";
import { spanBody, TestCollector } from "./testing/test-collector.ts";

const bench = new TestCollector();

test("a request that the database refuses is refused alone", async () => {
  await bench.sql.unsafe(`
    CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'poison'; END $$;
    CREATE TRIGGER refuse_poison BEFORE INSERT ON span
      FOR EACH ROW WHEN (NEW.attributes ? 'poison.id') EXECUTE FUNCTION refuse_poison();`);
  try {
    await bench.startReady({ lingerMs: 50 });
    const sent = await Promise.all(
      Array.from({ length: 9 }, (_, i) =>
        bench.post("traces", spanBody("neighbour", 1, i === 4 ? { attributes: { "poison.id": true } } : {})),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200, 400, 200, 200, 200, 200]);
    expect(decodeStatus(sent[4]?.body ?? Buffer.alloc(0), "protobuf").message).toMatch(/poison/);
    expect(await bench.countSpans("neighbour")).toBe(8);
    expect(await bench.ledger()).toMatchObject({ received: 9, committed: 8, rejected: 1 });
    expect(await bench.isReady()).toBe(true);
  } finally {
    await bench.sql.unsafe("DROP TRIGGER refuse_poison ON span; DROP FUNCTION refuse_poison;");
  }
});

test("the database cut off in the middle: 503 until it is back, and nothing acknowledged is missing", async () => {
  await bench.startReady({ lingerMs: 1 });
  const bodies = Array.from({ length: 60 }, () => spanBody("reconciled", 5));
  let acknowledged = 0;
  const tenth = Promise.withResolvers<void>();
  const statuses = new Set<number>();
  /** As a sender does: again until it is acknowledged. */
  const deliver = async (body: Buffer): Promise<void> => {
    const { status, headers } = await bench.post("traces", body);
    statuses.add(status);
    if (status === 200) {
      acknowledged += 1;
      if (acknowledged === 10) tenth.resolve();
    } else {
      expect([status, headers.get("retry-after")]).toEqual([503, "2"]);
      await waitFor(() => bench.isReady(), { what: "the database to be back" });
      await deliver(body);
    }
  };
  const senders = Array.from({ length: 4 }, async (_, sender) => {
    for (let i = sender; i < bodies.length; i += 4) await deliver(bodies[i] ?? Buffer.alloc(0));
  });
  await tenth.promise;
  await bench.relay.cut();
  await waitFor(async () => !(await bench.isReady()), { what: "the outage to be noticed" });
  const away = await bench.post("traces", spanBody("while away"));
  expect([away.status, away.headers.get("retry-after")]).toEqual([503, "2"]);
  await bench.relay.restore();
  await Promise.all(senders);
  expect(statuses).toEqual(new Set([200, 503]));
  expect(await bench.countSpans("reconciled")).toBe(300);
  const {
    received = 0,
    committed = 0,
    duplicate = 0,
    rejected,
    turned_away: turnedAway = 0,
  } = await bench.ledger();
  expect(rejected).toBe(0);
  expect(received).toBe(committed + duplicate + turnedAway);
  // A commit whose answer was lost in the cut is met again as a duplicate.
  expect(committed + duplicate).toBe(300);
});

test("a database that stops answering counts as away, and is found again", async () => {
  await bench.startReady({ databaseTimeoutMs: 1000 });
  expect((await bench.post("traces", spanBody("before the freeze"))).status).toBe(200);
  bench.relay.freeze();
  const body = spanBody("frozen");
  const frozen = await bench.post("traces", body);
  expect([frozen.status, decodeStatus(frozen.body, "protobuf").message]).toEqual([
    503,
    "nothing can be committed now: the database did not answer within 1 s",
  ]);
  expect(await bench.isReady()).toBe(false);
  await bench.relay.restore();
  await waitFor(() => bench.isReady(), { what: "the database to be found again" });
  expect((await bench.post("traces", body)).status).toBe(200);
  expect(await bench.countSpans("frozen")).toBe(1);
});

test("without a database it starts all the same, says so once, and is ready when there is one", async () => {
  await bench.relay.cut();
  const warnings: unknown[] = [];
  const log = createLogger("collector", "silent");
  log.warn = (...line: unknown[]) => void warnings.push(line);
  await bench.start({ log });
  await waitFor(() => warnings.length > 0, { what: "a warning" });
  expect((await fetch(bench.url("/healthz"))).status).toBe(200);
  const readiness = await fetch(bench.url("/readyz"));
  expect([readiness.status, await readiness.text()]).toEqual([
    503,
    expect.stringMatching(/^not ready: the database is away: .*nothing listens there/),
  ]);
  expect((await bench.post("traces", spanBody("early"))).status).toBe(503);
  await bench.relay.restore();
  await waitFor(() => bench.isReady(), { what: "the collector to be ready" });
  expect((await bench.post("traces", spanBody("early"))).status).toBe(200);
  expect(warnings).toHaveLength(1);
});

test("stopping commits and answers what is in flight, and takes nothing new", async () => {
  await bench.startReady({ lingerMs: 60_000 });
  const { port } = bench.collector;
  const inFlight = Promise.all([
    bench.post("traces", spanBody("last")),
    bench.post("traces", spanBody("last")),
  ]);
  await waitFor(async () => /queue_requests 2$/m.test(await bench.registry.metrics()), {
    what: "both to wait",
  });
  await bench.collector.stop();
  expect((await inFlight).map(({ status }) => status)).toEqual([200, 200]);
  expect(await bench.countSpans("last")).toBe(2);
  await expect(
    new Promise((resolve, reject) => connect(port, "127.0.0.1", () => resolve("open")).on("error", reject)),
  ).rejects.toMatchObject({ code: "ECONNREFUSED" });
});
