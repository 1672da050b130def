import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { nextRestart } from "./back-off.ts";
import type { ChildSettings } from "./child-settings.ts";
import type { Clock } from "./clock.ts";
import { describeExit, ordinal } from "./describe-exit.ts";
import { lastLogLines, openLog } from "./log-file.ts";
import { answersOk } from "./readiness.ts";
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
const preload = new URL("./exit-with-parent.mjs", import.meta.url).href;

/**
 * One process kept alive: started, watched, started again with back-off when it ends unexpectedly, stopped with a
 * deadline. It is the leader of its own session, so that Ctrl-C in the terminal reaches the supervisor alone and
 * the order of stopping is the supervisor's; its IPC channel is its leash.
 */
export class SupervisedChild {
  readonly settings: ChildSettings;
  readonly #around: ChildSurroundings;
  #process: ChildProcess | undefined;
  #spawnedAt = 0;
  #restartsInRow = 0;
  #diedAtStart = 0;
  #wasReady = false;
  #stopping = false;
  #cancelRestart: (() => void) | undefined;
  #message: unknown;
  #failure: StartError | undefined;

  constructor(settings: ChildSettings, around: ChildSurroundings) {
    this.settings = settings;
    this.#around = around;
  }

  /** Of the process that runs now; undefined between an end and the restart. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts the process and waits until it can serve; answers what it sent when its readiness is a message. */
  async start(): Promise<unknown> {
    this.#spawn();
    const { clock } = this.#around;
    const deadline = clock.now() + this.settings.readyWithinMs;
    while (!(await this.#isReady())) {
      if (this.#failure) throw this.#failure;
      if (this.#stopping)
        throw new StartError("STOPPED", `${this.settings.label} was stopped while starting`);
      if (clock.now() > deadline)
        throw this.#explain(`was not ready after ${this.settings.readyWithinMs / 1000} s`);
      await new Promise<void>((resolve) => clock.after(pollMs, resolve));
    }
    this.#wasReady = true;
    return this.#message;
  }

  /** Asks the process to end and sees to it that it does; `hurry` cuts the deadline short. Never throws. */
  async stop(hurry: AbortSignal): Promise<void> {
    this.#stopping = true;
    this.#cancelRestart?.();
    const running = this.#process;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => running.once("exit", () => resolve()));
    const kill = () => void running.kill("SIGKILL");
    const cancel = this.#around.clock.after(this.settings.stopWithinMs, kill);
    hurry.addEventListener("abort", kill, { once: true });
    running.kill("SIGTERM");
    if (hurry.aborted) kill();
    await ended;
    cancel();
    hurry.removeEventListener("abort", kill);
  }

  #spawn(): void {
    const { args, cwd, env } = this.settings;
    const log = openLog(this.#around.logFile);
    try {
      this.#message = undefined;
      this.#spawnedAt = this.#around.clock.now();
      const child = spawn(process.execPath, ["--import", preload, ...args], {
        cwd,
        env,
        detached: true,
        stdio: ["ignore", log, log, "ipc"],
      });
      this.#process = child;
      child.on("message", (message) => {
        this.#message = message;
      });
      child.once("error", (error) => this.#ended(`could not be started (${error.message})`));
      child.once("exit", (code, signal) => this.#ended(describeExit(code, signal)));
    } finally {
      closeSync(log);
    }
  }

  #ended(how: string): void {
    this.#process = undefined;
    if (this.#stopping) return;
    if (!this.#wasReady && ++this.#diedAtStart >= triesAtStart) {
      this.#failure = this.#explain(`${how} before it was ready, ${triesAtStart} times`);
      return;
    }
    const { clock, report } = this.#around;
    const restart = nextRestart(this.#restartsInRow, clock.now() - this.#spawnedAt);
    this.#restartsInRow = restart.count;
    this.#cancelRestart = clock.after(restart.delayMs, () => {
      this.#spawn();
      const times = `${ordinal(restart.count)} time`;
      report(`${this.settings.label} ${how}; restarted after ${restart.delayMs / 1000} s (${times})`);
    });
  }

  async #isReady(): Promise<boolean> {
    const { readiness } = this.settings;
    const running = this.#process;
    if (!running) return false;
    if (readiness.kind === "message") return this.#message !== undefined;
    // The answer counts only if it can have come from the process that runs now.
    return (await answersOk(readiness.url)) && this.#process === running;
  }

  #explain(what: string): StartError {
    const { logFile } = this.#around;
    const lines = lastLogLines(logFile, 5);
    if (lines.some(saysDiskFull)) return diskFull(logFile);
    const said = lines.length > 0 ? `; its last words:\n  ${lines.join("\n  ")}\n` : " and wrote nothing; ";
    return new StartError("CHILD_DIED", `${this.settings.label} ${what}${said}its log is ${logFile}`);
  }
}
