import { peakResidentMb } from "../../shared/process-usage.ts";
import { quantile } from "../../shared/quantile.ts";
import type { Load } from "../load/load.ts";
import { diskUsage, growthEach } from "./disk-usage.ts";
import { countSpans, type Ingest, readCounts, secondsUntilCommitted } from "./ingest.ts";
import { microsecondsEach, type Usage, usageOf } from "./usage.ts";
import { Visibility } from "./visibility.ts";

export interface Steady {
  readonly spans: number;
  readonly spansPerSecond: number;
  readonly cpuUs: Usage;
  /** Of the last minute (or fifth of the time, if that is less) over the first, by acknowledgements. */
  readonly flatness: number;
  readonly turnedAway: number;
  /** Spans that the spool acknowledged, to be committed later. */
  readonly spooled: number;
  /** From when a request was due until its acknowledgement. */
  readonly answerMs: Quantiles;
  readonly traceVisibleMs: Quantiles;
  readonly edgeVisibleMs: Quantiles;
  /** By table, indexes included. */
  readonly bytesPerSpan: ReadonlyMap<string, number>;
  readonly collectorPeakMb: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly samples: number;
}

export interface SteadyPlan {
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
}

/** A steady rate, whether or not the collector keeps up with it, while traces and edges are looked for. */
export async function measureSteady(load: Load, ingest: Ingest, plan: SteadyPlan): Promise<Steady> {
  const { sql, collector, pids } = ingest;
  const [spansBefore, diskBefore, usageBefore] = [await countSpans(sql), await diskUsage(sql), usageOf(pids)];
  const { spooled } = await readCounts(ingest);
  const visibility = new Visibility(sql, collector.port);
  const acknowledged: number[] = [0];
  visibility.start();
  const result = await load.run(
    {
      ...{ port: collector.port, signal: "traces", connections: plan.connections },
      ...{ ms: plan.seconds * 1000, rate: plan.rate },
    },
    {
      onProgress: ({ items }) => acknowledged.push(items),
      onProbe: (traceId, sentAtMs) => visibility.expectTrace(traceId, sentAtMs),
    },
  );
  const { tally, latenciesMs, cpuSeconds } = result;
  const seconds = await secondsUntilCommitted(result, () => countSpans(sql), spansBefore);
  await visibility.end();
  const cpuUs = microsecondsEach(usageBefore, usageOf(pids), tally.items);
  return {
    spans: tally.amount,
    spansPerSecond: tally.amount / seconds,
    cpuUs: { ...cpuUs, load: (cpuSeconds * 1e6) / tally.items },
    flatness: flatnessOf(acknowledged),
    turnedAway: tally.turnedAway,
    spooled: (await readCounts(ingest)).spooled - spooled,
    answerMs: quantiles(latenciesMs),
    traceVisibleMs: quantiles(visibility.tracesMs),
    edgeVisibleMs: quantiles(visibility.edgesMs),
    bytesPerSpan: growthEach(diskBefore, await diskUsage(sql), tally.amount),
    collectorPeakMb: peakResidentMb(pids.collector),
  };
}

function quantiles(ms: readonly number[]): Quantiles {
  return { p50: quantile(ms, 0.5), p99: quantile(ms, 0.99), most: Math.max(...ms), samples: ms.length };
}

/** @param acknowledged so far, at the end of each second. */
function flatnessOf(acknowledged: readonly number[]): number {
  const seconds = acknowledged.length - 1;
  const part = Math.min(60, Math.floor(seconds / 5));
  const first = (acknowledged[part] ?? 0) - (acknowledged[0] ?? 0);
  const last = (acknowledged[seconds] ?? 0) - (acknowledged[seconds - part] ?? 0);
  return last / first;
}
