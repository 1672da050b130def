import type { ColumnProblem } from "../layout/arrange-columns.ts";
import type { Arranged } from "./columns-worker.ts";
import { LayoutFailed } from "./layout-failed.ts";

/** `arrangeColumns` in a worker that ends with its answer: a graph seldom needs a whole new picture. */
export function arrangeInWorker(problem: ColumnProblem): Promise<Float64Array> {
  const worker = new Worker(new URL("./columns-worker.ts", import.meta.url), {
    name: "columns",
    type: "module",
  });
  const { promise, resolve, reject } = Promise.withResolvers<Float64Array>();
  worker.onmessage = ({ data: { places, tookMs } }: MessageEvent<Arranged>) => {
    performance.measure("map-layout", { start: performance.now() - tookMs });
    resolve(places);
  };
  worker.onerror = (event) => reject(new LayoutFailed(event.message));
  worker.postMessage(problem);
  return promise.finally(() => worker.terminate());
}
