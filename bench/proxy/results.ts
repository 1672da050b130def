import type { Latency } from "./measure/latency.ts";
import type { Memory } from "./measure/memory.ts";
import type { Throughput } from "./measure/throughput.ts";

/** By the peer's name; an error where it could not do the case. */
export type ByPeer<T> = ReadonlyMap<string, T | Error>;

export interface Growth {
  readonly cpuUs: number;
  readonly residentMb: number;
}

/** All that a run measured; what was not asked for is absent or empty. */
export interface Results {
  /** By case. */
  readonly throughput: ReadonlyMap<string, ByPeer<Throughput>>;
  readonly latency: ByPeer<Latency> | undefined;
  readonly memory: ByPeer<Memory> | undefined;
  /** By what the sidecar had to hold. */
  readonly growth: ByPeer<Growth> | undefined;
}

/** The figure of one peer, where it has one. */
export function figure<T>(peers: ByPeer<T> | undefined, name: string): T | undefined {
  const found = peers?.get(name);
  return found instanceof Error ? undefined : found;
}
