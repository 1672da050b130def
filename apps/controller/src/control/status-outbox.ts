import type { Acknowledgement } from "@weir/domain";
import { type ConfigStore, DatabaseUnreachable } from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import { CoalescedTask } from "../schedule/coalesced-task.ts";
import type { StoreHealth } from "../store-health.ts";

type StatusStore = Pick<ConfigStore, "recordWanted" | "recordAcknowledgement">;

/** Sidecars whose word may wait for the database; beyond that, acknowledgements are turned away. */
const capacity = 10_000;

/**
 * Writes who should run and who does run which snapshot, off the path of the pushes. Only the newest fact about each
 * sidecar waits, so that an outage of the database costs memory by sidecar, not by time.
 */
export class StatusOutbox {
  readonly #store: StatusStore;
  readonly #logger: Logger;
  readonly #task: CoalescedTask;
  readonly #wanted = new Map<string, string>();
  readonly #acknowledgements = new Map<string, Acknowledgement>();

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

  wanted(proxyId: string, version: string): void {
    this.#wanted.set(proxyId, version);
    this.#task.trigger();
  }

  /** False when too many wait already. */
  acknowledged(acknowledgement: Acknowledgement): boolean {
    if (this.#acknowledgements.size >= capacity && !this.#acknowledgements.has(acknowledgement.proxyId))
      return false;
    this.#acknowledgements.set(acknowledgement.proxyId, acknowledgement);
    this.#task.trigger();
    return true;
  }

  stop(): Promise<void> {
    return this.#task.stop();
  }

  /** What is wanted goes before what is acknowledged, so that no reader sees an answer to nothing. */
  async #flush(): Promise<void> {
    const byVersion = Map.groupBy(this.#wanted, ([, version]) => version);
    for (const [version, entries] of byVersion) {
      const proxyIds = entries.map(([proxyId]) => proxyId);
      await this.#write({ version }, () => this.#store.recordWanted(proxyIds, version));
      for (const proxyId of proxyIds) deleteIf(this.#wanted, proxyId, version);
    }
    for (const acknowledgement of [...this.#acknowledgements.values()]) {
      await this.#write({ acknowledgement }, () => this.#store.recordAcknowledgement(acknowledgement));
      deleteIf(this.#acknowledgements, acknowledgement.proxyId, acknowledgement);
    }
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
