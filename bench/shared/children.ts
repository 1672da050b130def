import { type ChildProcess, fork, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";

/** Every process a benchmark starts. None outlives it: not at the end, not on Ctrl-C, not on a failure. */
export class Children {
  readonly #running = new Set<ChildProcess>();

  /** `dir` goes with them when a signal ends it all. */
  constructor(dir: string) {
    process.once("exit", () => {
      for (const child of this.#running) child.kill("SIGTERM");
    });
    // A terminal's Ctrl-C comes twice, once handed on by the command that runs the benchmark: the second must not cut
    // the stopping short.
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, async () => {
        await this.stopAll();
        rmSync(dir, { recursive: true, force: true });
        process.exit(signal === "SIGINT" ? 130 : 143);
      });
  }

  /** A program of its own; what it says goes where `stdio` says, by default errors to the terminal. */
  spawn(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    return this.#keep(spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], ...options }));
  }

  /** A module of this folder as a process, which may talk to this one. It ends when this one does. */
  fork(module: URL, args: readonly string[] = []): ChildProcess {
    return this.#keep(fork(module, args, { execArgv: [], serialization: "advanced" }));
  }

  async stop(child: ChildProcess): Promise<void> {
    if (!this.#running.has(child)) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 3_000);
    await ended;
    clearTimeout(late);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.stop(child)));
  }

  #keep(child: ChildProcess): ChildProcess {
    this.#running.add(child);
    child.once("exit", () => this.#running.delete(child));
    child.once("error", () => this.#running.delete(child));
    return child;
  }
}

/** What a forked module says next. Rejects when it ends before. */
export async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const abort = () => ended.abort(new Error(`${child.spawnargs.at(1)} ended before it answered`));
  child.once("exit", abort);
  try {
    const [message] = await once(child, "message", { signal: ended.signal });
    return message as T;
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error;
  } finally {
    child.off("exit", abort);
  }
}
