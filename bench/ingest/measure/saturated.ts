import { peakResidentMb } from "../../shared/process-usage.ts";
import { quantile } from "../../shared/quantile.ts";
import type { Load } from "../load/load.ts";
import type { CopyCeiling } from "./copy-ceiling.ts";
import { countSpans, type Ingest, readCounts, secondsUntilCommitted } from "./ingest.ts";
import { microsecondsEach, type Usage, usageOf } from "./usage.ts";

/** One turn of ingesting, and of the same rows by a bare COPY. */
export interface Turn {
  readonly spans: number;
  /** Acknowledged, and found in the database afterwards. */
  readonly spansPerSecond: number;
  /** CPU microseconds a span. */
  readonly cpuUs: Usage;
  readonly spansPerBatch: number;
  readonly copyRowsPerSecond: number;
  /** Of Postgres, for a row of the bare COPY. */
  readonly copyUs: number;
}

export interface Saturated {
  readonly turns: readonly Turn[];
  /** Medians of the turns. */
  readonly spansPerSecond: number;
  readonly copyRowsPerSecond: number;
  readonly ofCopy: number;
  readonly cpuUs: Usage;
  /** Last turn over first. */
  readonly flatness: number;
  readonly collectorPeakMb: number;
}

export interface SaturatedPlan {
  readonly spans: number;
  readonly turnSeconds: number;
  readonly connections: number;
}

/** As many spans as are taken, in turns with a bare COPY of them, so that the ratio holds on a machine that others use too. */
export async function measureSaturated(
  load: Load,
  ingest: Ingest,
  ceiling: CopyCeiling,
  plan: SaturatedPlan,
  onTurn: (turn: Turn) => void,
): Promise<Saturated> {
  const turns: Turn[] = [];
  let spans = await countSpans(ingest.sql);
  while (turns.length === 0 || turns.reduce((sum, turn) => sum + turn.spans, 0) < plan.spans) {
    const turn = await takeTurn(load, ingest, ceiling, plan, spans);
    spans += turn.spans;
    turns.push(turn);
    onTurn(turn);
  }
  const median = (of: (turn: Turn) => number) => quantile(turns.map(of), 0.5);
  return {
    turns,
    spansPerSecond: median(({ spansPerSecond }) => spansPerSecond),
    copyRowsPerSecond: median(({ copyRowsPerSecond }) => copyRowsPerSecond),
    ofCopy: median(({ spansPerSecond, copyRowsPerSecond }) => spansPerSecond / copyRowsPerSecond),
    cpuUs: Object.fromEntries(
      Object.keys(turns[0]?.cpuUs ?? {}).map((name) => [name, median(({ cpuUs }) => cpuUs[name] ?? 0)]),
    ),
    flatness: (turns.at(-1)?.spansPerSecond ?? 0) / (turns[0]?.spansPerSecond ?? 0),
    collectorPeakMb: peakResidentMb(ingest.pids.collector),
  };
}

async function takeTurn(
  load: Load,
  ingest: Ingest,
  ceiling: CopyCeiling,
  { turnSeconds, connections }: SaturatedPlan,
  spansBefore: number,
): Promise<Turn> {
  const mark = await ceiling.mark();
  const { batches } = await readCounts(ingest);
  const before = usageOf(ingest.pids);
  const result = await load.run({
    ...{ port: ingest.collector.port, signal: "traces", connections, ms: turnSeconds * 1000 },
  });
  const seconds = await secondsUntilCommitted(result, () => countSpans(ingest.sql), spansBefore);
  const { tally, cpuSeconds } = result;
  const cpuUs = microsecondsEach(before, usageOf(ingest.pids), tally.items);
  const spansPerBatch = tally.items / Math.max(1, (await readCounts(ingest)).batches - batches);
  const copy = await ceiling.turn(mark, Math.max(1, Math.round(spansPerBatch)));
  return {
    spans: tally.amount,
    spansPerSecond: tally.amount / seconds,
    cpuUs: { ...cpuUs, load: (cpuSeconds * 1e6) / tally.items },
    spansPerBatch,
    copyRowsPerSecond: copy.rowsPerSecond,
    copyUs: copy.postgresUs,
  };
}
