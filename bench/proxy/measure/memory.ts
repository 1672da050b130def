import { setTimeout as sleep } from "node:timers/promises";
import { residentMb } from "../../shared/process-usage.ts";
import { exchanges } from "../exchanges.ts";
import type { Load } from "../load/load.ts";
import type { RunningPeer } from "../peers/peer.ts";
import type { ByPeer } from "../results.ts";

/** Resident memory in MB (2^20). */
export interface Memory {
  /** Started, and never asked. */
  readonly idleMb: number;
  /** After the first few thousand requests, with no connection open. */
  readonly with0Mb: number;
  readonly with100Mb: number;
  readonly with1000Mb: number;
  /** What one of the 1,000 connections takes that were asked once and stay open. */
  readonly connectionKb: number;
}

export interface MemoryPlan {
  /** Before each look: memory goes when a proxy has done what it had left to do, and has collected its garbage. */
  readonly settleMs: number;
}

/** For peers that were just started and have not been asked anything. */
export async function measureMemory(
  load: Load,
  peers: ReadonlyMap<string, RunningPeer>,
  plan: MemoryPlan,
): Promise<ByPeer<Memory>> {
  const measured = new Map<string, Memory | Error>();
  for (const [name, peer] of peers)
    measured.set(name, await measure(load, peer, plan).catch((error: Error) => error));
  return measured;
}

async function measure(load: Load, peer: RunningPeer, { settleMs }: MemoryPlan): Promise<Memory> {
  const { pid, targets, lagMs } = peer;
  const target = targets.http1;
  if (target === undefined) throw new Error("no HTTP/1.1");
  const resident = async () => {
    await sleep(Math.max(settleMs, lagMs));
    return residentMb(pid);
  };
  const idleMb = await resident();
  await load.closedLoop(target, exchanges.small, 16, { ms: 2_000, requests: 4_000 });
  const with0Mb = await resident();
  await load.hold(target, exchanges.small, 100);
  const with100Mb = await resident();
  await load.hold(target, exchanges.small, 900);
  const with1000Mb = await resident();
  await load.release(target, exchanges.small);
  const connectionKb = ((with1000Mb - with0Mb) * 1024) / 1000;
  return { idleMb, with0Mb, with100Mb, with1000Mb, connectionKb };
}
