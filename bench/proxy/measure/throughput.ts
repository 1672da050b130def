import { setTimeout as sleep } from "node:timers/promises";
import { cpuSeconds } from "../../shared/process-usage.ts";
import { type Exchange, exchanges } from "../exchanges.ts";
import type { Span } from "../load/closed-loop.ts";
import type { Load } from "../load/load.ts";
import type { RunningPeer } from "../peers/peer.ts";
import type { ByPeer } from "../results.ts";

export interface Throughput {
  /** CPU of the proxy a request, in microseconds. */
  readonly cpuUs: number;
  /** When every caller asks again as soon as it is answered; the best of the slices. */
  readonly requestsPerSecond: number;
  /** Of bodies, both ways. */
  readonly mibPerSecond: number;
  readonly requests: number;
}

export interface ThroughputPlan {
  /** Not measured; they compile what is hot. */
  readonly warmUpSlices: number;
  readonly slices: number;
  /** Few enough requests that a sidecar need not drop any of their access logs. */
  readonly slice: Span;
}

/** By case of the bench: how many connections (streams where it is HTTP/2) ask. Large bodies need few. */
export const throughputCases: Readonly<Record<string, { exchange: Exchange; callers: number }>> = {
  "218b": { exchange: exchanges.small, callers: 32 },
  "16k": { exchange: exchanges.medium, callers: 32 },
  "1m": { exchange: exchanges.large, callers: 8 },
  post: { exchange: exchanges.upload, callers: 8 },
  h2: { exchange: exchanges.http2, callers: 32 },
  grpc: { exchange: exchanges.grpc, callers: 32 },
};

/** Between two slices of the warm-up, so that what a peer sends besides does not pile up. */
const warmUpLagMs = 500;

/**
 * Every peer in turn, a slice at a time, so that what else happens on the machine hits all of them. A peer that cannot do
 * the case has the reason in place of figures. The CPU of a slice is counted until the work it left (telemetry) is done.
 */
export async function measureThroughput(
  load: Load,
  peers: ReadonlyMap<string, RunningPeer>,
  { exchange, callers }: { exchange: Exchange; callers: number },
  plan: ThroughputPlan,
): Promise<ByPeer<Throughput>> {
  const tallies = new Map<string, Tally | Error>();
  for (const [name, peer] of peers) {
    if (peer.targets[exchange.protocol] === undefined) continue;
    tallies.set(name, new Tally());
    for (let slice = 0; slice < plan.warmUpSlices; slice++)
      await attempt(name, () => measure({ ...peer, lagMs: Math.min(peer.lagMs, warmUpLagMs) }, new Tally()));
  }
  for (let slice = 0; slice < plan.slices; slice++)
    for (const [name, peer] of peers) await attempt(name, (tally) => measure(peer, tally));
  return new Map(
    [...tallies].map(([name, tally]) => [name, tally instanceof Tally ? tally.sum(exchange) : tally]),
  );

  async function attempt(name: string, work: (tally: Tally) => Promise<unknown>): Promise<void> {
    const tally = tallies.get(name);
    if (!(tally instanceof Tally)) return;
    await work(tally).catch((error: Error) => tallies.set(name, error));
  }

  async function measure(peer: RunningPeer, tally: Tally): Promise<void> {
    const before = cpuSeconds(peer.pid);
    const { requests, seconds } = await load.closedLoop(
      peer.targets[exchange.protocol]!,
      exchange,
      callers,
      plan.slice,
    );
    await sleep(peer.lagMs);
    tally.add(requests, seconds, cpuSeconds(peer.pid) - before);
  }
}

class Tally {
  #requests = 0;
  #cpuSeconds = 0;
  #best = 0;

  add(requests: number, seconds: number, cpu: number): void {
    this.#requests += requests;
    this.#cpuSeconds += cpu;
    this.#best = Math.max(this.#best, requests / seconds);
  }

  sum({ bodyBytes, answerBytes }: Exchange): Throughput {
    return {
      cpuUs: (this.#cpuSeconds / this.#requests) * 1e6,
      requestsPerSecond: this.#best,
      mibPerSecond: (this.#best * (bodyBytes + answerBytes)) / 2 ** 20,
      requests: this.#requests,
    };
  }
}
