import type { Load } from "../load/load.ts";
import { countEdgeRequests, type Ingest, secondsUntilCommitted } from "./ingest.ts";
import { microsecondsEach, type Usage, usageOf } from "./usage.ts";

export interface Metrics {
  /** Data points of OTLP, as sidecars send them. */
  readonly pointsPerSecond: number;
  readonly pointsPerRequest: number;
  /** CPU microseconds a point. */
  readonly cpuUs: Usage;
}

/** As many metric requests of sidecars as are taken; every request that they count is on the map afterwards. */
export async function measureMetrics(
  load: Load,
  ingest: Ingest,
  plan: { readonly seconds: number; readonly connections: number },
): Promise<Metrics> {
  const { sql, collector, pids } = ingest;
  const count = () => countEdgeRequests(sql, Date.now());
  const requestsBefore = await count();
  const before = usageOf(pids);
  const result = await load.run({
    ...{ port: collector.port, signal: "metrics", connections: plan.connections, ms: plan.seconds * 1000 },
  });
  const seconds = await secondsUntilCommitted(result, count, requestsBefore);
  const { tally, cpuSeconds } = result;
  return {
    pointsPerSecond: tally.items / seconds,
    pointsPerRequest: tally.items / tally.requests,
    cpuUs: {
      ...microsecondsEach(before, usageOf(pids), tally.items),
      load: (cpuSeconds * 1e6) / tally.items,
    },
  };
}
