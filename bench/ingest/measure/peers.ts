import { cpuSeconds, peakResidentMb } from "../../shared/process-usage.ts";
import type { Load } from "../load/load.ts";
import type { Peer, Surroundings } from "../peers/peer.ts";

export interface PeerFigures {
  /** Acknowledged, whatever the peer does with them then. */
  readonly spansPerSecond: number;
  readonly cpuUs: number;
  readonly peakMb: number;
}

/** One after the other, each alone on the machine, on the load of the saturated phase. */
export async function measurePeers(
  load: Load,
  peers: readonly Peer[],
  surroundings: Surroundings,
  plan: { readonly seconds: number; readonly connections: number },
): Promise<ReadonlyMap<string, PeerFigures | Error>> {
  const measured = new Map<string, PeerFigures | Error>();
  for (const peer of peers) {
    const description = peer.describe();
    console.log(`  ${peer.name.padEnd(20)}${description ?? "left out: it is not installed here"}`);
    if (description === undefined) continue;
    measured.set(peer.name, await measure(load, peer, surroundings, plan).catch((error: Error) => error));
  }
  return measured;
}

async function measure(
  load: Load,
  peer: Peer,
  surroundings: Surroundings,
  { seconds, connections }: { readonly seconds: number; readonly connections: number },
): Promise<PeerFigures> {
  const running = await peer.start(surroundings);
  try {
    const command = { port: running.port, signal: "traces", connections } as const;
    await load.run({ ...command, ms: 2_000 }); // warm
    const before = cpuSeconds(running.pid);
    const { tally, seconds: taken } = await load.run({ ...command, ms: seconds * 1000 });
    return {
      spansPerSecond: tally.items / taken,
      cpuUs: ((cpuSeconds(running.pid) - before) * 1e6) / tally.items,
      peakMb: peakResidentMb(running.pid),
    };
  } finally {
    await running.stop();
  }
}
