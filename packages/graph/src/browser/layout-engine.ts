import type { ElkNode } from "elkjs";
import type { LayoutEngine } from "../layout/layout-graph.ts";

/** What ELK's worker answers: the laid-out graph, or an error of its own making. */
interface Answer {
  readonly id: number;
  readonly data?: ElkNode;
  readonly error?: unknown;
}

/** ELK could not lay the graph out. */
export class LayoutFailed extends Error {
  readonly code = "LAYOUT_FAILED";

  constructor(cause: unknown) {
    super(`the layout failed: ${messageOf(cause)}`, { cause });
    this.name = "LayoutFailed";
  }
}

/**
 * ELK in a worker of its own, which starts at once. Rejects with {@link LayoutFailed}. The few messages that its
 * worker understands are spoken here: a caller needs nothing of elkjs on the page's own thread.
 */
export function makeLayoutEngine(): LayoutEngine {
  const worker = new Worker(new URL("./elk-worker.ts", import.meta.url), { name: "layout" });
  const waiting = new Map<number, PromiseWithResolvers<ElkNode>>();
  let lastId = 0;
  worker.onmessage = ({ data: answer }: MessageEvent<Answer>) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.data && !answer.error) asked?.resolve(answer.data);
    else asked?.reject(new LayoutFailed(answer.error));
  };
  worker.onerror = (event) => {
    for (const asked of waiting.values()) asked.reject(new LayoutFailed(event.message));
    waiting.clear();
  };
  worker.postMessage({ id: lastId, cmd: "register", algorithms: ["layered"] });
  return {
    layout(graph) {
      const asked = Promise.withResolvers<ElkNode>();
      waiting.set(++lastId, asked);
      worker.postMessage({ id: lastId, cmd: "layout", graph, layoutOptions: {}, options: {} });
      return asked.promise;
    },
  };
}

function messageOf(cause: unknown): string {
  if (typeof cause === "object" && cause !== null && "message" in cause) return String(cause.message);
  return String(cause);
}
