import { type ChildProcess, fork, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

/** Every process a benchmark starts. None outlives it: not at the end, not on Ctrl-C, not on a failure. */
export class Children {
  readonly #running = new Set<ChildProcess>();

  constructor() {
    process.once("exit", () => {
      for (const child of this.#running) child.kill("SIGTERM");
    });
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(
        signal,
        () => void this.stopAll().then(() => process.exit(signal === "SIGINT" ? 130 : 143)),
      );
  }

  /** A program of its own; what it says goes where `stdio` says, by default errors to the terminal. */
  spawn(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    return this.#keep(spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], ...options }));
  }

  /** A module of this folder as a process, which may talk to this one. It ends when this one does. */
  fork(module: URL, args: readonly string[] = [], execArgv: readonly string[] = []): ChildProcess {
    return this.#keep(fork(module, args, { execArgv: [...execArgv], serialization: "advanced" }));
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

/** The first message of a forked module: by convention, the ports it listens on. Rejects when it ends before. */
export async function firstMessage<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  child.once("exit", () => ended.abort(new Error(`${child.spawnargs.at(1)} ended before it was ready`)));
  const [message] = await once(child, "message", { signal: ended.signal });
  return message as T;
}
