import type { Peer, RunningPeer, Surroundings } from "./peer.ts";

export interface Peers {
  readonly running: ReadonlyMap<string, RunningPeer>;
  /** What the peers have to say of how it went. */
  remarks(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts those that are wanted and installed, telling of each what it is or that it is left out. */
export async function startPeers(
  peers: readonly Peer[],
  only: ReadonlySet<string> | undefined,
  surroundings: Surroundings,
): Promise<Peers> {
  const running = new Map<string, RunningPeer>();
  for (const peer of peers.filter(({ name }) => only?.has(name) ?? true)) {
    const description = peer.describe();
    console.log(`  ${peer.name.padEnd(20)}${description ?? "left out: it is not installed here"}`);
    if (description !== undefined) running.set(peer.name, await peer.start(surroundings));
  }
  console.log();
  return {
    running,
    async remarks() {
      const lines: string[] = [];
      for (const [name, { remark }] of running) {
        const text = await remark?.();
        if (text !== undefined) lines.push(`${name} ${text}`);
      }
      return lines;
    },
    async stop() {
      await Promise.all([...running.values()].map(({ stop }) => stop()));
    },
  };
}
