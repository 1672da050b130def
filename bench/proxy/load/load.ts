import type { ChildProcess } from "node:child_process";
import { type Children, nextMessage } from "../../shared/children.ts";
import type { Exchange, Target } from "../exchanges.ts";
import type { ClosedLoopResult, Span } from "./closed-loop.ts";
import type { LoadCommand } from "./load-process.ts";

/** The load generator's process, from outside. One command at a time; a failed request fails the command. */
export class Load {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(children: Children): Promise<Load> {
    const child = children.fork(new URL("load-process.ts", import.meta.url));
    await nextMessage(child);
    return new Load(child);
  }

  closedLoop(target: Target, exchange: Exchange, callers: number, span: Span): Promise<ClosedLoopResult> {
    return this.#run({ kind: "closed", target, exchange, callers, span });
  }

  /** Latencies in microseconds. */
  openLoop(target: Target, exchange: Exchange, rate: number, ms: number): Promise<Float64Array> {
    return this.#run({ kind: "open", target, exchange, callers: 16, rate, ms });
  }

  hold(target: Target, exchange: Exchange, connections: number): Promise<void> {
    return this.#run({ kind: "hold", target, exchange, callers: connections });
  }

  release(target: Target, exchange: Exchange): Promise<void> {
    return this.#run({ kind: "release", target, exchange, callers: 0 });
  }

  async #run<T>(command: LoadCommand): Promise<T> {
    this.#child.send(command);
    const { result, error } = await nextMessage<{ result: T; error?: string }>(this.#child);
    if (error !== undefined) throw new Error(error);
    return result;
  }
}
