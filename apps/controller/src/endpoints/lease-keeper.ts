import type { Hello } from "@weir/domain";
import { type ConfigStore, DatabaseUnreachable } from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import { CoalescedTask } from "../schedule/coalesced-task.ts";
import type { StoreHealth } from "../store-health.ts";
import type { Timings } from "../timings.ts";
import { LeaseTrust } from "./lease-trust.ts";

export interface LeaseKeeperSettings {
  readonly store: Pick<ConfigStore, "registerSidecars" | "renewLeases" | "releaseSidecar" | "expireLeases">;
  readonly controllerId: string;
  readonly timings: Timings;
  readonly health: StoreHealth;
  readonly logger: Logger;
  /** In milliseconds, of a clock that runs on while the machine sleeps. */
  readonly now: () => number;
  /** The sidecar has its row now, so that facts about it can be written. */
  readonly onRegistered: (proxyId: string) => void;
  /** The table of endpoints can be believed again. */
  readonly onSettled: () => void;
}

/** Registrations in one transaction: a restart brings all sidecars together, and leases must be renewed meanwhile. */
const atOnce = 200;

/**
 * Keeps a lease for every sidecar whose stream is open here. What is to be done is kept as sets and done by one task
 * that tries again until the database has it; a stream that closes and opens meanwhile just moves between the sets.
 */
export class LeaseKeeper {
  readonly #settings: LeaseKeeperSettings;
  readonly #trust: LeaseTrust;
  readonly #task: CoalescedTask;
  readonly #renewal: NodeJS.Timeout;
  readonly #open = new Map<string, Hello>();
  readonly #unregistered = new Set<string>();
  /** Those whose registration the database turned down; tried again with the next renewal. */
  readonly #refused = new Set<string>();
  readonly #leaving = new Set<string>();
  #settling: NodeJS.Timeout | undefined;
  #renewalDue = false;
  #believed: boolean;

  private constructor(settings: LeaseKeeperSettings, lapsedAtStart: boolean) {
    this.#settings = settings;
    const { health, timings, now } = settings;
    this.#trust = new LeaseTrust({ ...timings, now, lapsedAtStart });
    this.#believed = !lapsedAtStart;
    this.#task = new CoalescedTask({
      run: () => this.#bringInLine(),
      onEnd: (error) => (error === undefined ? health.ok("leases") : health.failed("leases", error)),
    });
    this.#renewal = setInterval(() => this.renew(), timings.renewMs);
    if (lapsedAtStart) this.#waitUntilSettled();
  }

  /** Leases of an earlier controller stay in force; those that ran out already make the start a cautious one. */
  static async start(settings: LeaseKeeperSettings): Promise<LeaseKeeper> {
    const lapsed = await settings.store.expireLeases();
    if (lapsed > 0)
      settings.logger.info(
        { lapsed },
        "endpoints ran out while no controller was there; waiting for sidecars",
      );
    return new LeaseKeeper(settings, lapsed > 0);
  }

  /** Whether a missing endpoint means a missing sidecar. */
  settled(): boolean {
    return this.#trust.settled();
  }

  /** A stream opened. */
  opened(hello: Hello): void {
    this.#open.set(hello.proxyId, hello);
    this.#unregistered.add(hello.proxyId);
    this.#leaving.delete(hello.proxyId);
    this.#task.trigger();
  }

  /** A stream broke: the sidecar is gone and its endpoint with it. */
  closed(proxyId: string): void {
    this.#open.delete(proxyId);
    this.#unregistered.delete(proxyId);
    this.#leaving.add(proxyId);
    this.#task.trigger();
  }

  /** Renews now; called by itself every `renewMs`, and by whoever learns that the database is back. */
  renew(): void {
    this.#renewalDue = true;
    this.#task.trigger();
  }

  /** Leases stay in force: the sidecars live on and will find the next controller before they run out. */
  async stop(): Promise<void> {
    clearInterval(this.#renewal);
    clearTimeout(this.#settling);
    await this.#task.stop();
  }

  async #bringInLine(): Promise<void> {
    await this.#releaseLeaving();
    if (this.#renewalDue) await this.#renewHeld();
    await this.#register();
  }

  async #releaseLeaving(): Promise<void> {
    const { store, controllerId } = this.#settings;
    for (const proxyId of [...this.#leaving]) {
      await store.releaseSidecar(proxyId, controllerId);
      // It may have come back meanwhile; then it is among the unregistered and gets its row again.
      this.#leaving.delete(proxyId);
    }
  }

  async #renewHeld(): Promise<void> {
    const { store, controllerId, timings, now } = this.#settings;
    const held = [...this.#open.keys()].filter((proxyId) => !this.#unregistered.has(proxyId));
    const sentMs = now();
    const lost = await store.renewLeases(controllerId, held, timings.leaseMs);
    for (const proxyId of [...lost, ...this.#refused])
      if (this.#open.has(proxyId)) this.#unregistered.add(proxyId);
    this.#refused.clear();
    this.#renewalDue = false;
    this.#trust.renewed(sentMs);
    if (this.#trust.settled()) await store.expireLeases();
    else if (this.#believed) this.#waitUntilSettled();
  }

  #waitUntilSettled(): void {
    const { timings, onSettled } = this.#settings;
    this.#believed = false;
    this.#settling = setTimeout(() => {
      if (!this.settled()) return this.#waitUntilSettled();
      this.#believed = true;
      onSettled();
    }, timings.settleMs);
  }

  async #register(): Promise<void> {
    while (this.#unregistered.size > 0) {
      const hellos = [...this.#unregistered]
        .slice(0, atOnce)
        .flatMap((proxyId) => this.#open.get(proxyId) ?? []);
      await this.#registerTogether(hellos);
      if (this.#renewalDue) await this.#renewHeld();
    }
  }

  /** Where the database turns a batch down, each is tried alone: one that is refused holds up nobody else. */
  async #registerTogether(hellos: readonly Hello[]): Promise<void> {
    try {
      await this.#settings.store.registerSidecars(hellos, this.#lease);
      for (const hello of hellos) this.#registered(hello);
    } catch (error) {
      if (error instanceof DatabaseUnreachable) throw error;
      if (hellos.length > 1) for (const hello of hellos) await this.#registerTogether([hello]);
      else for (const hello of hellos) this.#refuse(hello, error);
    }
  }

  #refuse(hello: Hello, error: unknown): void {
    const { proxyId, workload } = hello;
    this.#refused.add(proxyId);
    this.#settings.logger.error({ proxyId, workload, err: error }, "a sidecar could not be registered");
    this.#registered(hello);
  }

  #registered(hello: Hello): void {
    const { proxyId } = hello;
    // A stream that closed and opened again during the statement has another Hello, and needs another one.
    if (this.#open.get(proxyId) === hello) this.#unregistered.delete(proxyId);
    this.#settings.onRegistered(proxyId);
  }

  get #lease() {
    const { controllerId, timings } = this.#settings;
    return { controllerId, leaseMs: timings.leaseMs };
  }
}
