import type { LayoutEngine } from "../layout/layout-graph.ts";
import { arrangeInWorker } from "./arrange-in-worker.ts";
import { makeElk } from "./elk-in-worker.ts";

/** Layouts off the page's thread. Rejects with `LayoutFailed`. */
export function makeLayoutEngine(): LayoutEngine {
  return { layout: makeElk(), arrange: arrangeInWorker };
}
