import { setTimeout as sleep } from "node:timers/promises";
import { type Election, standForElection } from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import type { DutyMeters } from "../meters.ts";
import type { Duty } from "./duty.ts";

export interface DutiesSettings {
  readonly databaseUrl: string;
  readonly duties: readonly Duty[];
  readonly meters: DutyMeters;
  readonly logger: Logger;
}

/** "duty", so that the lock is told from others' in pg_locks. */
const dutyLock = 0x64757479;

/**
 * The duties of whichever controller is elected. Each goes on by itself: one that fails or takes long holds up no other. That
 * they cannot be done says nothing about whether this controller can serve sidecars.
 */
export class Duties {
  readonly #settings: DutiesSettings;
  readonly #election: Election;
  /** What was said last of each duty's failure, so that it is said once. */
  readonly #failures = new Map<string, string>();

  private constructor(settings: DutiesSettings) {
    this.#settings = settings;
    this.#election = standForElection({
      databaseUrl: settings.databaseUrl,
      lock: dutyLock,
      onElected: (over) => this.#perform(over),
      onFailure: (error) => this.#failed("election", error),
    });
  }

  /** Stands for election from now on, also while the database is away. */
  static start(settings: DutiesSettings): Duties {
    return new Duties(settings);
  }

  /** Runs under way are told and waited for; then another controller may begin. */
  stop(): Promise<void> {
    return this.#election.close();
  }

  async #perform(over: AbortSignal): Promise<void> {
    const { duties, logger, meters } = this.#settings;
    this.#succeeded("election");
    logger.info({ duties: duties.map(({ name }) => name) }, "this controller is on duty");
    meters.onDuty.set(1);
    await Promise.all(duties.map((duty) => this.#repeat(duty, over)));
    meters.onDuty.set(0);
    logger.info("this controller is off duty");
  }

  async #repeat(duty: Duty, over: AbortSignal): Promise<void> {
    const { meters } = this.#settings;
    while (!over.aborted) {
      const startedMs = performance.now();
      try {
        await duty.run(over);
        this.#succeeded(duty.name);
      } catch (error) {
        if (!over.aborted) this.#failed(duty.name, error);
      }
      const tookMs = performance.now() - startedMs;
      meters.dutySeconds.observe({ duty: duty.name }, tookMs / 1000);
      await sleep(Math.max(1, duty.everyMs - tookMs), undefined, { signal: over }).catch(() => {});
    }
    duty.left?.();
  }

  #succeeded(name: string): void {
    if (this.#failures.delete(name)) this.#settings.logger.info({ duty: name }, `${name}: works again`);
  }

  #failed(name: string, error: unknown): void {
    const { logger, meters } = this.#settings;
    meters.dutyFailures.inc({ duty: name });
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#failures.get(name) === reason) return;
    this.#failures.set(name, reason);
    logger.warn({ duty: name, err: error }, `${name}: ${reason}`);
  }
}
