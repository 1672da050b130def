import { freePort, startTcpRelay, type TcpRelay, waitFor } from "@weir/testkit";
import { CollectorProcess } from "./collector-process.ts";
import { PostgresProcess } from "./postgres-process.ts";
import { Senders } from "./senders.ts";
import { SmallDisk } from "./small-disk.ts";

/** What the spool may hold. */
const spoolMaxBytes = 2_500_000;
/** The disk under it holds more than that. */
const diskMegabytes = 4;

/** Senders, a collector with its spool, and Postgres behind a relay that can be cut: all processes real, none safe. */
export class ShakyWorld {
  readonly disk: SmallDisk;
  readonly postgres: PostgresProcess;
  readonly relay: TcpRelay;
  readonly collector: CollectorProcess;
  readonly senders: Senders;

  private constructor(
    disk: SmallDisk,
    postgres: PostgresProcess,
    relay: TcpRelay,
    port: number,
    random: () => number,
  ) {
    const throughRelay = new URL(postgres.databaseUrl);
    throughRelay.host = `127.0.0.1:${relay.port}`;
    this.disk = disk;
    this.postgres = postgres;
    this.relay = relay;
    this.collector = new CollectorProcess({
      databaseUrl: throughRelay.href,
      port,
      spoolDirectory: disk.directory,
      spoolMaxBytes,
    });
    this.senders = new Senders({ url: this.collector.url, count: 8, random, now: Date.now });
  }

  /** All of it running, and spans on their way. */
  static async create(random: () => number): Promise<ShakyWorld> {
    const postgres = await PostgresProcess.create();
    const relay = await startTcpRelay({ host: "127.0.0.1", port: postgres.port });
    const world = new ShakyWorld(new SmallDisk(diskMegabytes), postgres, relay, await freePort(), random);
    try {
      await world.collector.start();
      await world.ready();
    } catch (error) {
      await world.dismantle();
      throw error;
    }
    world.senders.start();
    return world;
  }

  /** Resolves when the collector has found the database. */
  async ready(): Promise<void> {
    await this.#until("the database to be found", () => this.collector.isReady());
  }

  /** Resolves when so many more spans are acknowledged. */
  async progress(spans: number, what: string): Promise<void> {
    const wanted = this.senders.acknowledged.size + spans;
    const enough = () => this.senders.acknowledged.size >= wanted;
    await this.#until(`${spans} more acknowledged spans ${what}`, enough);
  }

  /** Resolves when all that the spool holds has reached the database. */
  async drained(): Promise<void> {
    const empty = async () => (await this.collector.reading("spool_requests")) === 0;
    await this.#until("the spool to be empty", empty);
  }

  /** Resolves when the spool has room for what comes while it cannot drain. */
  async room(): Promise<void> {
    const half = async () => (await this.collector.reading("spool_bytes")) < spoolMaxBytes / 2;
    await this.#until("the spool to be half empty", half);
  }

  /** Resolves when senders are turned away for this reason. */
  async turnedAway(reason: RegExp): Promise<void> {
    this.senders.reasons.clear();
    const found = () => [...this.senders.reasons].some((text) => reason.test(text));
    await this.#until(`an answer that matches ${reason}`, found);
  }

  /** Rejects at once when the collector, whom nobody has told to, ends. */
  async #until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    await Promise.race([waitFor(condition, { what, timeoutMs: 45_000 }), this.collector.failure]);
  }

  async dismantle(): Promise<void> {
    this.senders.resume();
    await this.collector.kill();
    await this.relay.close();
    await this.postgres.remove();
    this.disk.remove();
  }
}
