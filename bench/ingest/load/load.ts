import type { ChildProcess } from "node:child_process";
import { on } from "node:events";
import { type Children, nextMessage } from "../../shared/children.ts";
import type { LoadCommand, LoadMessage, LoadResult } from "./load-process.ts";
import type { Tally } from "./send-until-taken.ts";

export interface LoadEvents {
  readonly onProgress?: (tally: Tally) => void;
  readonly onProbe?: (traceId: string, sentAtMs: number) => void;
}

/** The load generator's process, from outside. One command at a time; a request that is refused fails the command. */
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

  async run(command: LoadCommand, { onProgress, onProbe }: LoadEvents = {}): Promise<LoadResult> {
    this.#child.send(command);
    for await (const [message] of on(this.#child, "message", { close: ["exit"] })) {
      const said = message as LoadMessage;
      if (said.kind === "progress") onProgress?.(said.tally);
      else if (said.kind === "probe") onProbe?.(said.traceId, said.sentAtMs);
      else if (said.kind === "done") return said.result;
      else if (said.kind === "failed") throw new Error(`the load ended: ${said.reason}`);
    }
    throw new Error("the load generator ended");
  }
}
