export interface CoalescedTaskSettings {
  readonly run: () => Promise<void>;
  /** Told of every run: the error, or nothing when it went well. */
  readonly onEnd: (error?: unknown) => void;
  /** Starts after this long without another trigger; 0 unless told. */
  readonly delayMs?: number;
  /** Starts at the latest this long after the first trigger; `delayMs` unless told. */
  readonly maxWaitMs?: number;
}

const firstRetryMs = 100;
const longestRetryMs = 2_000;

/**
 * Work that may be asked for at any time and needs doing once: triggers that come close together become one run, one
 * that comes during a run makes another, and a run that fails is tried again with growing pauses of up to 2 s.
 * No two runs overlap.
 */
export class CoalescedTask {
  readonly #settings: CoalescedTaskSettings;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #firstTriggerMs: number | undefined;
  #failures = 0;
  #stopped = false;

  constructor(settings: CoalescedTaskSettings) {
    this.#settings = settings;
  }

  trigger(): void {
    if (this.#stopped) return;
    const { delayMs = 0, maxWaitMs = delayMs } = this.#settings;
    const nowMs = performance.now();
    this.#firstTriggerMs ??= nowMs;
    this.#startAfter(Math.max(0, Math.min(delayMs, this.#firstTriggerMs + maxWaitMs - nowMs)));
  }

  /** Lets a run under way end, makes a last one when something is waiting, and never runs again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    if (this.#firstTriggerMs !== undefined) await this.#runOnce();
  }

  #startAfter(delayMs: number): void {
    // A run under way looks at what is waiting when it ends.
    if (this.#running) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), delayMs);
  }

  #start(): void {
    this.#running = this.#runOnce().then(() => {
      this.#running = undefined;
      if (this.#stopped) return;
      if (this.#failures > 0) {
        this.#firstTriggerMs ??= performance.now();
        this.#startAfter(Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1)));
      } else if (this.#firstTriggerMs !== undefined) this.trigger();
    });
  }

  async #runOnce(): Promise<void> {
    this.#firstTriggerMs = undefined;
    try {
      await this.#settings.run();
      this.#failures = 0;
      this.#settings.onEnd();
    } catch (error) {
      this.#failures++;
      this.#settings.onEnd(error);
    }
  }
}
