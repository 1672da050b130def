import { nextRestart } from "./back-off.ts";
import type { Clock } from "./clock.ts";
import { ordinal } from "./describe-exit.ts";
import { lastLogLines } from "./log-file.ts";
import type { ChildSettings, Ending, RunningProcess } from "./running-process.ts";
import { diskFull, StartError, saysDiskFull } from "./start-error.ts";

export interface ChildSurroundings {
  readonly clock: Clock;
  /** Where people read what happened, one line a call. */
  readonly report: (line: string) => void;
  readonly logFile: string;
}

/** Ends before it was ready this often: it will not do better at the next try. */
const triesAtStart = 3;
const pollMs = 60;

/** One process kept alive: started, watched, started again with back-off when it ends, stopped with a deadline. */
export class SupervisedChild {
  readonly settings: ChildSettings;
  readonly #around: ChildSurroundings;
  #process: RunningProcess | undefined;
  #launchedAt = 0;
  #restartsInRow = 0;
  #diedAtStart = 0;
  #wasReady = false;
  #stopping = false;
  #cancelRestart: (() => void) | undefined;
  #failure: StartError | undefined;

  constructor(settings: ChildSettings, around: ChildSurroundings) {
    this.settings = settings;
    this.#around = around;
  }

  /** Of the process that runs now; undefined between an end and the restart. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts the process and waits until it can serve. Throws {@link StartError}. */
  async start(): Promise<void> {
    this.#launch();
    const { label, readyWithinMs } = this.settings;
    const { clock } = this.#around;
    const deadline = clock.now() + readyWithinMs;
    while (!(await this.#process?.isReady())) {
      if (this.#failure) throw this.#failure;
      if (this.#stopping) throw new StartError("STOPPED", `${label} was stopped while starting`);
      if (clock.now() > deadline) throw this.#explain(`was not ready after ${readyWithinMs / 1000} s`);
      await new Promise<void>((resolve) => clock.after(pollMs, resolve));
    }
    this.#wasReady = true;
  }

  /** Asks the process to end and sees to it that it does; `hurry` cuts the deadline short. Never throws. */
  async stop(hurry: AbortSignal): Promise<void> {
    this.#stopping = true;
    this.#cancelRestart?.();
    const running = this.#process;
    if (!running) return;
    const kill = () => running.kill();
    const cancel = this.#around.clock.after(this.settings.stopWithinMs, kill);
    hurry.addEventListener("abort", kill, { once: true });
    running.terminate();
    if (hurry.aborted) kill();
    await running.ended;
    cancel();
    hurry.removeEventListener("abort", kill);
  }

  #launch(): void {
    this.#launchedAt = this.#around.clock.now();
    this.#process = this.settings.launch(this.#around.logFile);
    this.#process.ended.then((ending) => this.#ended(ending));
  }

  #ended({ how, final }: Ending): void {
    this.#process = undefined;
    if (this.#stopping) return;
    if (!this.#wasReady && (final || ++this.#diedAtStart >= triesAtStart)) {
      this.#failure = final ?? this.#explain(`${how} before it was ready, ${triesAtStart} times`);
      return;
    }
    const { clock, report } = this.#around;
    const restart = nextRestart(this.#restartsInRow, clock.now() - this.#launchedAt);
    this.#restartsInRow = restart.count;
    this.#cancelRestart = clock.after(restart.delayMs, () => {
      this.#launch();
      const times = `${ordinal(restart.count)} time`;
      report(`${this.settings.label} ${how}; restarted after ${restart.delayMs / 1000} s (${times})`);
    });
  }

  #explain(what: string): StartError {
    const { logFile } = this.#around;
    const lines = lastLogLines(logFile, 5);
    if (lines.some(saysDiskFull)) return diskFull(logFile);
    const said = lines.length > 0 ? `; its last words:\n  ${lines.join("\n  ")}\n` : " and wrote nothing; ";
    return new StartError("CHILD_DIED", `${this.settings.label} ${what}${said}its log is ${logFile}`);
  }
}
