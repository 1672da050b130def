import type { ElkNode } from "elkjs";
import { LayoutFailed } from "./layout-failed.ts";

/** What ELK's worker answers: the laid-out graph, or an error of its own making. */
interface Answer {
  readonly id: number;
  readonly data?: ElkNode;
  readonly error?: unknown;
}

/**
 * ELK in a worker of its own, which starts with the first graph. Rejects with {@link LayoutFailed}. The few messages
 * that its worker understands are spoken here: a caller needs nothing of elkjs on the page's own thread.
 */
export function makeElk(): (graph: ElkNode) => Promise<ElkNode> {
  const waiting = new Map<number, PromiseWithResolvers<ElkNode>>();
  let lastId = 0;
  const start = () => {
    const worker = new Worker(new URL("./elk-worker.ts", import.meta.url), { name: "layout" });
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
    return worker;
  };
  let worker: Worker | undefined;
  return (graph) => {
    worker ??= start();
    const asked = Promise.withResolvers<ElkNode>();
    waiting.set(++lastId, asked);
    worker.postMessage({ id: lastId, cmd: "layout", graph, layoutOptions: {}, options: {} });
    return asked.promise;
  };
}
