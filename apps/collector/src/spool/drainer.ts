import { setTimeout as pause } from "node:timers/promises";
import type { Outcome } from "../exporters/commit-requests.ts";
import type { SpoolLog } from "./recover.ts";
import { settle } from "./settle.ts";
import type { ReadLimits, Spool, SpooledRequest } from "./spool.ts";

export interface DrainerSettings {
  readonly spool: Spool;
  /** Whether the database is up; asked a few times a second while something waits for it. */
  readonly ready: () => boolean;
  /** One outcome for each request, in order. */
  readonly deliver: (requests: readonly SpooledRequest[]) => Promise<readonly Outcome[]>;
  readonly log: SpoolLog;
  /** Default 8 MiB and 1,000 requests: what is in memory at once. */
  readonly batch?: ReadLimits;
  /** Default 200 ms, doubled up to 5 s, after a batch of which nothing went. */
  readonly backOff?: BackOff;
}

interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** `held`: the next request did not go. A wake-up ends every pause but the one behind this, or it would be none under load. */
type Step = "empty" | "waiting" | "progress" | "held";

/** A request that was too slow so many times goes to the end of the spool, so that those behind it have their turn. */
const maxSlowTries = 3;
/** The longest that a timer can. */
const foreverMs = 2 ** 31 - 1;

/** Takes the spool to the database, oldest first, whenever there is something in it and the database is up. */
export class Drainer {
  readonly #settings: DrainerSettings;
  readonly #batch: ReadLimits;
  readonly #backOff: BackOff;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #slowTries = 0;
  /** Told once, until something goes again. */
  #trouble: string | undefined;
  #draining = false;
  #loop: Promise<void> | undefined;

  constructor(settings: DrainerSettings) {
    this.#settings = settings;
    this.#batch = settings.batch ?? { bytes: 8 * 1024 * 1024, requests: 1000 };
    this.#backOff = settings.backOff ?? { firstMs: 200, longestMs: 5000 };
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** To be called after an append, and when the database is back; harmless at any time. */
  wake(): void {
    this.#wake.abort();
  }

  /** Finishes the batch under way; what is left is for the next process. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { firstMs, longestMs } = this.#backOff;
    let backOffMs = firstMs;
    while (!this.#stop.signal.aborted) {
      // Before the look at the spool: a wake-up that comes after it must end the pause.
      this.#wake = new AbortController();
      const step = await this.#tryStep();
      if (step === "progress") backOffMs = firstMs;
      if (step === "empty") await sleep(foreverMs, this.#wake.signal);
      if (step === "waiting") await sleep(firstMs, this.#wake.signal);
      if (step !== "held") continue;
      await sleep(backOffMs, this.#stop.signal);
      backOffMs = Math.min(backOffMs * 2, longestMs);
    }
  }

  async #tryStep(): Promise<Step> {
    try {
      return await this.#step();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== this.#trouble)
        this.#settings.log.error({ err: error }, "the spool cannot be drained; trying again");
      this.#trouble = message;
      return "held";
    }
  }

  async #step(): Promise<Step> {
    const { spool, ready, deliver } = this.#settings;
    const { requests } = spool.depth;
    this.#tell(requests);
    if (requests === 0) return "empty";
    if (!ready()) return "waiting";
    const batch = await spool.read(this.#batch);
    const { done, refused, held } = settle(batch.length > 0 ? await deliver(batch) : []);
    for (const { index, reason } of refused) await this.#refuse(batch[index], reason);
    const last = batch[done - 1];
    if (last) await spool.advance(last);
    if (last || !held) this.#slowTries = 0;
    else if (held === "slow") await this.#postpone(batch[0]);
    this.#trouble = undefined;
    return held ? "held" : "progress";
  }

  /** Together with those before it, so that it is kept aside once even if the next one cannot be. */
  async #refuse(request: SpooledRequest | undefined, reason: string): Promise<void> {
    if (!request) return;
    await this.#settings.spool.refuse(request, reason);
    await this.#settings.spool.advance(request);
  }

  async #postpone(request: SpooledRequest | undefined): Promise<void> {
    this.#slowTries += 1;
    if (!request || this.#slowTries < maxSlowTries) return;
    await this.#settings.spool.append(request);
    await this.#settings.spool.advance(request);
    this.#slowTries = 0;
  }

  /** One line when there is something, one when there is nothing any more. */
  #tell(requests: number): void {
    if (requests > 0 === this.#draining) return;
    this.#draining = requests > 0;
    this.#settings.log.info(
      { requests },
      this.#draining ? "requests wait in the spool" : "the spool is empty",
    );
  }
}

async function sleep(durationMs: number, signal: AbortSignal): Promise<void> {
  await pause(durationMs, undefined, { signal }).catch(() => {});
}
