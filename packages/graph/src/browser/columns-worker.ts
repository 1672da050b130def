/** A worker that places large graphs in columns: one problem in, one answer out, in order. */
import { arrangeColumns, type ColumnProblem } from "../layout/arrange-columns.ts";

export interface Arranged {
  readonly places: Float64Array;
  readonly tookMs: number;
}

self.onmessage = ({ data: problem }: MessageEvent<ColumnProblem>) => {
  const startedAt = performance.now();
  const places = arrangeColumns(problem);
  const arranged: Arranged = { places, tookMs: performance.now() - startedAt };
  self.postMessage(arranged, { transfer: [places.buffer] });
};
