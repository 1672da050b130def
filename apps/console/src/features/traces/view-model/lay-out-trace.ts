import type { TraceColumns } from "../../../server/traces/trace-columns.ts";
import { criticalPath, type Stretch } from "./critical-path.ts";
import { readColumns } from "./read-columns.ts";
import { growTree, type SpanTree } from "./span-tree.ts";
import { type TimeSplit, timeSplit } from "./time-split.ts";
import { type TraceFacts, traceFacts } from "./trace-facts.ts";

/** All that is drawn of a trace and does not change while one reads it. */
export interface TraceLayout {
  readonly tree: SpanTree;
  readonly path: ReadonlyMap<string, readonly Stretch[]>;
  readonly facts: TraceFacts;
  readonly split: TimeSplit;
}

/**
 * From the columns to what is drawn, in steps between which the page may answer its reader: `breathe` resolves when
 * it has had its turn.
 */
export async function layOutTrace(columns: TraceColumns, breathe: () => Promise<void>): Promise<TraceLayout> {
  const spans = await inSteps(readColumns(columns), breathe);
  const tree = await inSteps(growTree(spans), breathe);
  await breathe();
  const path = criticalPath(tree);
  await breathe();
  return { tree, path, facts: traceFacts(tree), split: timeSplit(tree, path) };
}

async function inSteps<T>(work: Generator<void, T>, breathe: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await breathe();
  }
}
