import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import { faults } from "./testing/durability/faults.ts";
import { seededRandom, shuffled } from "./testing/durability/seeded-random.ts";
import { ShakyWorld } from "./testing/durability/shaky-world.ts";
import { committedIds, spooledIds } from "./testing/durability/span-ids.ts";

/** Of the order of the faults and of what is sent; how the processes interleave is theirs. */
const seed = 20_261_128;
const random = seededRandom(seed);

let world: ShakyWorld;
beforeAll(async () => {
  world = await ShakyWorld.create(random);
}, 120_000);
afterAll(() => world?.dismantle(), 60_000);

/**
 * Both processes are killed while senders wait; then what each of them has on disk is counted by id. A span that was
 * acknowledged must be in one of them at least: it is in both when the spool has delivered it and does not know yet.
 */
async function expectNothingMissing(): Promise<void> {
  const { senders, collector, postgres, disk } = world;
  await postgres.kill();
  await world.progress(100, "while Postgres is down");
  await senders.pause();
  await collector.kill();
  const spooled = new Set(await spooledIds(disk.directory));
  await postgres.start();
  const rows = await committedIds(postgres.databaseUrl);
  const committed = new Set(rows);
  expect(rows).toHaveLength(committed.size);
  // How many is the machine's matter: acknowledgements of what was committed still come in while Postgres is killed.
  expect(spooled.size).toBeGreaterThan(0);
  const kept = committed.union(spooled);
  expect([...senders.acknowledged.difference(kept)]).toEqual([]);
  expect([...kept.difference(senders.sent)]).toEqual([]);
  await collector.start();
  senders.resume();
}

/** These come a second time. */
const killed = Object.entries(faults).filter(([what]) => what.includes("killed"));

test(`whatever is killed, cut off or filled up, what was acknowledged is stored, and once (seed ${seed})`, async () => {
  const { senders, collector, postgres } = world;
  onTestFailed(() => console.error([...senders.statuses], collector.output.slice(-5000)));
  await world.progress(500, "at first");
  for (const [what, fault] of shuffled([...Object.entries(faults), ...killed], random)) {
    await fault(world, random);
    await world.progress(300, `after this: ${what}`);
    // Sometimes the next fault comes before the last one is over.
    if (random() < 0.5) await world.drained();
  }
  await world.drained();
  await expectNothingMissing();
  await senders.finish();
  await world.drained();
  expect(await collector.stop()).toBe(0);
  const rows = await committedIds(postgres.databaseUrl);
  const committed = new Set(rows);
  expect(rows).toHaveLength(committed.size);
  expect([...senders.acknowledged.difference(committed)]).toEqual([]);
  expect([...committed.difference(senders.sent)]).toEqual([]);
  expect(senders.acknowledged).toEqual(senders.sent);
  expect(await spooledIds(world.disk.directory)).toEqual([]);
  expect([...senders.statuses.keys()].sort()).toEqual([0, 200, 503]);
}, 300_000);
