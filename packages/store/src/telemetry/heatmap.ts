import type { SparseHistogram, Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, ServiceName } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { eachGroup, type StepRows, type Subject } from "./edges/each-group.ts";
import { histogramOf } from "./edges/row-answers.ts";
import { stepsOf } from "./steps.ts";

export interface HeatmapColumn {
  /** Its start. */
  readonly atMs: number;
  /** As much of it as the stored data tell about: what a cell's rate is divided by. */
  readonly seconds: number;
  /** A cell for each bucket: requests whose latency was in it, exactly. */
  readonly cells: SparseHistogram;
}

export interface Heatmap {
  /** Width of a column. */
  readonly stepMs: number;
  /** In the order of time; those without requests are there too. */
  readonly columns: readonly HeatmapColumn[];
}

/** Requests of one edge by time and latency, in about `columns` columns (fewer where they would be under 10 s). */
export function edgeHeatmap(sql: Sql, edge: EdgeName, window: Window, columns: number): Promise<Heatmap> {
  return readHeatmap(sql, { edge }, window, columns);
}

/** Requests that arrived at a service, whoever sent them. */
export function nodeHeatmap(
  sql: Sql,
  service: ServiceName,
  window: Window,
  columns: number,
): Promise<Heatmap> {
  return readHeatmap(sql, { destination: service }, window, columns);
}

function readHeatmap(sql: Sql, subject: Subject, window: Window, columns: number): Promise<Heatmap> {
  return guarded(sql, async () => {
    const steps = stepsOf(window, columns);
    const { fromMs, toMs } = await readCoveredTime(sql, steps.window);
    let counted: StepRows | undefined;
    await eachGroup(
      sql,
      subject,
      steps,
      () => "all",
      (_, rows) => {
        counted = rows;
      },
    );
    return {
      stepMs: steps.stepMs,
      columns: Array.from({ length: steps.count }, (_, step) => {
        const atMs = steps.window.fromMs + step * steps.stepMs;
        const seconds = Math.max(0, Math.min(atMs + steps.stepMs, toMs) - Math.max(atMs, fromMs)) / 1000;
        return { atMs, seconds, cells: cellsOf(counted, step) };
      }),
    };
  });
}

function cellsOf(counted: StepRows | undefined, step: number): SparseHistogram {
  return counted ? histogramOf(counted, counted.rows.slice(step, step + 1)) : { indexes: [], counts: [] };
}
