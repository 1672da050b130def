import { setTimeout as delay } from "node:timers/promises";
import type { Snapshot } from "@weir/domain";
import type { Logger } from "../logger.ts";
import { SnapshotRefused } from "../mesh/snapshot-refused.ts";
import { Meters } from "../telemetry/meters.ts";
import type { TrafficAddresses, WorkerData } from "./messages.ts";
import { releaseHeld } from "./shared-cells.ts";
import { Turns } from "./turns.ts";
import { WorkerFailed, WorkerThread } from "./worker-thread.ts";

export interface FleetSettings {
  readonly workers: number;
  /** The module that each worker runs; `worker-main.ts` unless said otherwise. */
  readonly entry?: URL | undefined;
  readonly data: Omit<WorkerData, "index">;
  readonly addresses: TrafficAddresses;
  readonly snapshot: Snapshot;
  /** Where the main thread counts what it does itself. */
  readonly meters: Meters;
  readonly log: Logger;
}

/** So many intervals without a sign of life, and a worker counts as hanging. */
const hangingBeats = 5;
/** And so many, and it is ended; a probe of /healthz had its chance by then. */
const lostBeats = 30;
/** A worker that lived for so many intervals is started again as if it had never ended. */
const longBeats = 30;
const firstBackOffMs = 100;
const maxBackOffMs = 5_000;
/** A worker that does not say by then what it has counted is not waited for. */
const reportMs = 500;

/**
 * The workers of one sidecar: started, watched, started again when one ends, given every snapshot, summed up, and
 * stopped. A snapshot comes into force everywhere or nowhere: all compile it before any of them switches.
 */
export class WorkerFleet {
  readonly #settings: FleetSettings;
  readonly #threads: (WorkerThread | undefined)[];
  /** How often each worker was started again without having lived for long. */
  readonly #attempts: number[];
  /** Snapshots and openings come one after another, so that no worker opens with the snapshot before. */
  readonly #turns = new Turns();
  /** What workers that are no more had counted. */
  readonly #past = new Meters();
  readonly #watch: NodeJS.Timeout;
  #addresses: TrafficAddresses;
  #snapshot: Snapshot;
  #state: "starting" | "running" | "stopping" = "starting";

  private constructor(settings: FleetSettings) {
    this.#settings = settings;
    this.#addresses = settings.addresses;
    this.#snapshot = settings.snapshot;
    this.#threads = Array.from({ length: settings.workers }, (_, index) => this.#spawn(index));
    this.#attempts = new Array<number>(settings.workers).fill(0);
    this.#watch = setInterval(() => this.#look(), settings.data.beatMs);
    this.#watch.unref();
  }

  /** Resolves when all workers serve. Rejects with WorkerFailed when one of them cannot, and then none is left. */
  static async start(settings: FleetSettings): Promise<WorkerFleet> {
    const fleet = new WorkerFleet(settings);
    try {
      // The first one settles which ports are taken where any will do.
      const [first, ...others] = fleet.#threads as WorkerThread[];
      if (first) fleet.#addresses = (await fleet.#open(first)) ?? fleet.#addresses;
      await Promise.all(others.map((thread) => fleet.#open(thread)));
      if (fleet.serving < settings.workers) throw new WorkerFailed("a worker ended as soon as it served");
    } catch (error) {
      await fleet.#endAll();
      throw error;
    }
    fleet.#state = "running";
    return fleet;
  }

  get addresses(): TrafficAddresses {
    return this.#addresses;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get serving(): number {
    return this.#serving().length;
  }

  /** Which worker hangs; undefined: none does. */
  get hanging(): number | undefined {
    return this.#threads.find((thread) => thread && thread.silentBeats > hangingBeats)?.index;
  }

  /** Puts a snapshot in force in all workers, or in none. Rejects with SnapshotRefused. */
  async apply(snapshot: Snapshot): Promise<void> {
    while (!(await this.#turns.next(() => this.#applyNow(snapshot)))) await delay(this.#settings.data.beatMs);
  }

  /** All that was counted, by all workers there are and have been. */
  async meters(): Promise<Meters> {
    const sum = new Meters();
    sum.merge(this.#settings.meters.report());
    sum.merge(this.#past.report());
    const threads = this.#serving();
    const asked = Promise.allSettled(threads.map((thread) => thread.ask({ type: "report" })));
    await Promise.race([asked, delay(reportMs, undefined, { ref: false })]);
    for (const { report } of threads) if (report) sum.merge(report);
    return sum;
  }

  /** All workers finish what is under way, at once; after `ms` they are ended. */
  async stop(ms: number): Promise<void> {
    if (this.#state === "stopping") return;
    this.#state = "stopping";
    const stopped = Promise.allSettled(this.#serving().map((thread) => thread.ask({ type: "stop" })));
    await Promise.race([stopped, delay(ms, undefined, { ref: false })]);
    await this.#endAll();
  }

  /** Ends a worker at once; another takes its place. */
  async end(index: number): Promise<void> {
    await this.#threads[index]?.end();
  }

  /** False: no worker serves now that could compile it. */
  async #applyNow(snapshot: Snapshot): Promise<boolean> {
    if (this.#state === "stopping") throw new WorkerFailed("the sidecar stops");
    const threads = this.#serving();
    if (threads.length === 0) return false;
    const prepared = await Promise.allSettled(
      threads.map((thread) => thread.ask({ type: "prepare", snapshot })),
    );
    const refused = prepared.find((outcome) => outcome.status === "rejected");
    if (refused) {
      await Promise.allSettled(threads.map((thread) => thread.ask({ type: "abandon" })));
      throw new SnapshotRefused((refused.reason as Error).message, refused.reason);
    }
    this.#snapshot = snapshot;
    // One that ends now is started again with this snapshot.
    await Promise.all(threads.map((thread) => thread.ask({ type: "commit" }).catch(() => thread.end())));
    return true;
  }

  #serving(): WorkerThread[] {
    return this.#threads.filter((thread) => thread !== undefined).filter(({ serving }) => serving);
  }

  #spawn(index: number): WorkerThread {
    const { entry = new URL("./worker-main.ts", import.meta.url), data } = this.#settings;
    const thread = new WorkerThread(entry, { ...data, index });
    void thread.ended.then((error) => this.#onEnded(thread, error));
    return thread;
  }

  async #open(thread: WorkerThread): Promise<TrafficAddresses | undefined> {
    const { addresses } = await thread.ask({
      type: "open",
      addresses: this.#addresses,
      snapshot: this.#snapshot,
    });
    thread.serving = true;
    return addresses;
  }

  #onEnded(thread: WorkerThread, error: Error | undefined): void {
    const { index, report, beats } = thread;
    this.#threads[index] = undefined;
    if (report) this.#past.merge({ ...report, inFlight: 0, gauges: [] });
    releaseHeld(this.#settings.data.cells, index);
    if (this.#state !== "running") return;
    const { log, meters } = this.#settings;
    const attempt = beats < longBeats ? (this.#attempts[index] ?? 0) : 0;
    this.#attempts[index] = attempt + 1;
    const backOffMs = Math.min(maxBackOffMs, firstBackOffMs * 2 ** attempt);
    log.error({ worker: index, err: error, backOffMs }, "a worker ended; another takes its place");
    meters.workerRestarts.add(1);
    setTimeout(() => void this.#restart(index), backOffMs).unref();
  }

  async #restart(index: number): Promise<void> {
    if (this.#state !== "running") return;
    const thread = this.#spawn(index);
    this.#threads[index] = thread;
    try {
      await this.#turns.next(() => this.#open(thread));
      this.#settings.log.info({ worker: index }, "a worker serves again");
    } catch (error) {
      this.#settings.log.error({ worker: index, err: error }, "a worker could not open its ports");
      await thread.end();
    }
  }

  /** Counted in intervals of this thread, so that a machine that slept finds nobody hanging when it wakes. */
  #look(): void {
    for (const thread of this.#threads) {
      if (thread === undefined) continue;
      thread.beats++;
      thread.silentBeats++;
      if (thread.silentBeats !== lostBeats) continue;
      this.#settings.log.error({ worker: thread.index }, "a worker hangs; it is ended");
      void thread.end();
    }
  }

  async #endAll(): Promise<void> {
    clearInterval(this.#watch);
    await Promise.all(this.#threads.map((thread) => thread?.end()));
  }
}
