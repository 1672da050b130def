import { exchanges, type Target } from "../exchanges.ts";
import type { Load } from "../load/load.ts";
import type { RunningPeer } from "../peers/peer.ts";
import type { ByPeer } from "../results.ts";

/** In microseconds; the median of what the slices had. `added` is what is left when the direct run's same percentile is taken off. */
export interface Latency {
  readonly p50Us: number;
  readonly p99Us: number;
  readonly addedP50Us: number;
  readonly addedP99Us: number;
}

export interface LatencyPlan {
  readonly rounds: number;
  readonly sliceMs: number;
}

export const requestsPerSecond = 1_000;
/** The name of the run without a proxy, which is a row like the others. */
export const direct = "direct";

/**
 * Small answers at a fixed rate. A round is one slice straight to the upstream and one through every peer, so that what
 * else the machine does falls upon all. Percentiles are a slice's, and of the slices the one in the middle counts: a stall
 * of the machine falls into one slice, while the proxy's own stalls (a sidecar sends telemetry every two seconds, as long
 * as a slice is) come back in all of them.
 */
export async function measureLatency(
  load: Load,
  upstream: Target,
  peers: ReadonlyMap<string, RunningPeer>,
  { rounds, sliceMs }: LatencyPlan,
): Promise<ByPeer<Latency>> {
  const targets = new Map([[direct, upstream]]);
  for (const [name, peer] of peers) if (peer.targets.http1) targets.set(name, peer.targets.http1);
  const samples = new Map<string, Float64Array[] | Error>();
  for (let round = 0; round < rounds + 1; round++)
    for (const [name, target] of targets) {
      const slices = samples.get(name) ?? [];
      if (slices instanceof Error) continue;
      const taken = await load
        .openLoop(target, exchanges.small, requestsPerSecond, sliceMs)
        .catch((error: Error) => error);
      // The first round compiles what is hot at this rate.
      if (taken instanceof Error) samples.set(name, taken);
      else samples.set(name, round === 0 ? [] : [...slices, taken]);
    }
  const base = percentiles(samples.get(direct) ?? []);
  return new Map(
    [...samples].map(([name, slices]) => {
      const own = percentiles(slices);
      if (own instanceof Error || base instanceof Error) return [name, own instanceof Error ? own : base];
      const [addedP50Us, addedP99Us] = [own.p50Us - base.p50Us, own.p99Us - base.p99Us];
      return [name, { ...own, addedP50Us, addedP99Us }];
    }) as [string, Latency | Error][],
  );
}

function percentiles(slices: readonly Float64Array[] | Error): { p50Us: number; p99Us: number } | Error {
  if (slices instanceof Error) return slices;
  const median = (share: number) => {
    const found = slices.map((slice) => slice.toSorted()[Math.floor(slice.length * share)] ?? Number.NaN);
    return found.sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? Number.NaN;
  };
  return { p50Us: median(0.5), p99Us: median(0.99) };
}
