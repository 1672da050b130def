import type { ConfigStore } from "@weir/store";
import type { SelfTracing } from "@weir/telemetry/process";
import type { ConnectedSidecars } from "../control/connected-sidecars.ts";
import type { LeaseKeeper } from "../endpoints/lease-keeper.ts";
import type { Meters } from "../meters.ts";
import { CoalescedTask } from "../schedule/coalesced-task.ts";
import type { StoreHealth } from "../store-health.ts";
import type { Timings } from "../timings.ts";
import type { Snapshots } from "./snapshots.ts";

export interface PublisherSettings {
  readonly store: Pick<ConfigStore, "readMeshConfig" | "liveEndpoints">;
  readonly leases: Pick<LeaseKeeper, "settled">;
  readonly snapshots: Snapshots;
  readonly sidecars: ConnectedSidecars;
  readonly health: StoreHealth;
  readonly meters: Meters;
  readonly timings: Timings;
  readonly tracer: SelfTracing["tracer"];
}

/** Reads what is in force when woken and hands each namespace's snapshot to its sidecars. */
export class Publisher {
  readonly #settings: PublisherSettings;
  readonly #task: CoalescedTask;
  #wokenMs: number | undefined;

  constructor(settings: PublisherSettings) {
    this.#settings = settings;
    this.#task = new CoalescedTask({
      run: () => this.#traced(() => this.#publish()),
      onEnd: (error) =>
        error === undefined ? settings.health.ok("snapshots") : settings.health.failed("snapshots", error),
      delayMs: settings.timings.debounceMs,
      maxWaitMs: settings.timings.debounceMaxMs,
    });
  }

  /** Something changed, or may have. */
  wake(): void {
    this.#wokenMs ??= performance.now();
    this.#task.trigger();
  }

  stop(): Promise<void> {
    return this.#task.stop();
  }

  async #traced(run: () => Promise<void>): Promise<void> {
    const span = this.#settings.tracer.startSpan("publish snapshots");
    try {
      await run();
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      throw error;
    } finally {
      span.end();
    }
  }

  async #publish(): Promise<void> {
    const { store, leases, snapshots, sidecars, meters } = this.#settings;
    const wokenMs = this.#wokenMs ?? performance.now();
    const config = await store.readMeshConfig();
    // While leases may have run out unseen, the endpoints known before are nearer the truth than the table.
    const endpoints = leases.settled() ? await store.liveEndpoints() : snapshots.endpoints;
    if (endpoints === undefined) return;
    this.#wokenMs = undefined;
    snapshots.replace({ config, endpoints });
    for (const namespace of sidecars.namespaces()) {
      const snapshot = snapshots.of(namespace);
      if (snapshot) sidecars.offer(namespace, snapshot);
    }
    meters.publishSeconds.observe((performance.now() - wokenMs) / 1000);
  }
}
