import type { Acknowledgement } from "@weir/domain";
import { type ConfigStore, DatabaseUnreachable } from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import { CoalescedTask } from "../schedule/coalesced-task.ts";
import type { StoreHealth } from "../store-health.ts";
import type { Wanted } from "./connected-sidecar.ts";

type StatusStore = Pick<ConfigStore, "recordWanted" | "recordAcknowledgements">;

interface Heard {
  readonly acknowledgement: Acknowledgement;
  /** When, by the clock of `performance.now`. */
  readonly atMs: number;
}

/** Sidecars whose word may wait for the database; beyond that, acknowledgements are turned away. */
const capacity = 10_000;
/** Acknowledgements in one statement. */
const atOnce = 1_000;

/**
 * Writes who should run and who does run which snapshot, off the path of the pushes. Only the newest fact about each
 * sidecar waits, so that an outage of the database costs memory by sidecar, not by time.
 */
export class StatusOutbox {
  readonly #store: StatusStore;
  readonly #logger: Logger;
  readonly #task: CoalescedTask;
  readonly #wanted = new Map<string, Wanted>();
  readonly #acknowledgements = new Map<string, Heard>();

  constructor(store: StatusStore, health: StoreHealth, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
    this.#task = new CoalescedTask({
      run: () => this.#flush(),
      onEnd: (error) => (error === undefined ? health.ok("status") : health.failed("status", error)),
      delayMs: 5,
      maxWaitMs: 25,
    });
  }

  wanted(proxyId: string, snapshot: Wanted): void {
    this.#wanted.set(proxyId, snapshot);
    this.#task.trigger();
  }

  /** False when too many wait already. */
  acknowledged(acknowledgement: Acknowledgement): boolean {
    if (this.#acknowledgements.size >= capacity && !this.#acknowledgements.has(acknowledgement.proxyId))
      return false;
    this.#acknowledgements.set(acknowledgement.proxyId, { acknowledgement, atMs: performance.now() });
    this.#task.trigger();
    return true;
  }

  stop(): Promise<void> {
    return this.#task.stop();
  }

  /** What is wanted goes before what is acknowledged, so that no reader sees an answer to nothing. */
  async #flush(): Promise<void> {
    const bySnapshot = Map.groupBy(this.#wanted, ([, { version, revision }]) => `${version} ${revision}`);
    for (const entries of bySnapshot.values()) {
      const proxyIds = entries.map(([proxyId]) => proxyId);
      const [[, { version, revision }]] = entries as [[string, Wanted]];
      await this.#write({ version }, () => this.#store.recordWanted(proxyIds, version, revision));
      for (const [proxyId, wanted] of entries) deleteIf(this.#wanted, proxyId, wanted);
    }
    // What was published meanwhile is written first, by the next run, which its trigger has asked for.
    const heard = [...this.#acknowledgements.values()].filter(
      ({ acknowledgement }) => !this.#wanted.has(acknowledgement.proxyId),
    );
    for (let from = 0; from < heard.length; from += atOnce)
      await this.#writeHeard(heard.slice(from, from + atOnce));
  }

  /** One by one where all together are refused, so that one that cannot be written costs no other. */
  async #writeHeard(heard: readonly Heard[]): Promise<void> {
    const record = (some: readonly Heard[]) =>
      // Its age rather than its time: the database's clock is the one that changes are dated by.
      this.#store.recordAcknowledgements(
        some.map(({ acknowledgement, atMs }) => ({ acknowledgement, ageMs: performance.now() - atMs })),
      );
    try {
      await record(heard);
    } catch (error) {
      if (error instanceof DatabaseUnreachable) throw error;
      for (const one of heard)
        await this.#write({ acknowledgement: one.acknowledgement }, () => record([one]));
    }
    for (const one of heard) deleteIf(this.#acknowledgements, one.acknowledgement.proxyId, one);
  }

  /** What the database refuses for any reason but being away would be refused for ever, and is dropped. */
  async #write(what: object, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (error instanceof DatabaseUnreachable) throw error;
      this.#logger.error({ ...what, err: error }, "a sidecar's status could not be recorded");
    }
  }
}

/** A newer fact may have come while this one was being written. */
function deleteIf<V>(map: Map<string, V>, key: string, value: V): void {
  if (map.get(key) === value) map.delete(key);
}
