import { shuffled } from "./seeded-random.ts";
import type { ShakyWorld } from "./shaky-world.ts";

/** Breaks something under load, and repairs it. */
export type Fault = (world: ShakyWorld, random: () => number) => Promise<void>;

/** In blocks of the shell (512 or 1024 bytes): for a disk that cannot be mounted. */
const fileLimit = 128;
const noLimit = 2 ** 30;

export const faults: Readonly<Record<string, Fault>> = {
  async "the collector is killed"({ collector }) {
    await collector.kill();
    await collector.start();
  },

  async "Postgres is killed"(world) {
    await world.room();
    await world.postgres.kill();
    await world.progress(200, "while Postgres is down");
    await world.postgres.start();
  },

  async "both are killed, and come back in any order"({ collector, postgres }, random) {
    const order = <T>(...steps: T[]): T[] => shuffled(steps, random);
    for (const end of order(
      () => collector.kill(),
      () => postgres.kill(),
    ))
      await end();
    for (const begin of order(
      () => collector.start(),
      () => postgres.start(),
    ))
      await begin();
  },

  async "connections to Postgres are cut"(world) {
    await world.room();
    await world.relay.cut();
    await world.progress(200, "while connections are cut");
    await world.relay.restore();
  },

  async "connections to Postgres carry nothing"(world) {
    await world.room();
    world.relay.freeze();
    await world.progress(200, "while connections carry nothing");
    await world.relay.restore();
  },

  /** And the collector is killed while it drains. */
  async "the spool is filled"(world) {
    await world.postgres.kill();
    world.senders.inHurry = true;
    await world.turnedAway(/the spool is full/);
    world.senders.inHurry = false;
    await world.postgres.start();
    await world.ready();
    await world.collector.kill();
    await world.collector.start();
  },

  async "the spool's disk is filled"(world) {
    const { collector, senders, relay, disk } = world;
    await collector.kill();
    await relay.cut();
    await collector.start({ spoolMaxBytes: noLimit, fileLimit: disk.isMounted ? undefined : fileLimit });
    senders.inHurry = true;
    await world.turnedAway(/the spool cannot be written/);
    senders.inHurry = false;
    await relay.restore();
    await world.progress(200, "after the disk was full");
    await collector.kill();
    await collector.start();
    // One large file holds more than the spool may now, until nothing of it is needed.
    await world.drained();
  },
};
