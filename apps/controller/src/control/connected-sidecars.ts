import type { Meters } from "../meters.ts";
import type { Snapshot } from "../snapshot/snapshots.ts";
import type { ConnectedSidecar } from "./connected-sidecar.ts";

export interface ConnectedSidecarsEvents {
  /** These should run that version from now on. */
  wanted(sidecars: readonly ConnectedSidecar[]): void;
}

/** The sidecars whose streams end here, by proxy id and by namespace. */
export class ConnectedSidecars {
  readonly #byProxyId = new Map<string, ConnectedSidecar>();
  readonly #events: ConnectedSidecarsEvents;
  readonly #meters: Meters;

  constructor(events: ConnectedSidecarsEvents, meters: Meters) {
    this.#events = events;
    this.#meters = meters;
  }

  /** A sidecar that opens a second stream has lost the first one, whether or not we noticed: that one is ended. */
  add(sidecar: ConnectedSidecar): void {
    const { proxyId } = sidecar.hello;
    const before = this.#byProxyId.get(proxyId);
    if (before) this.remove(before);
    before?.stream.end();
    this.#byProxyId.set(proxyId, sidecar);
    this.#count(sidecar, 1);
  }

  /** False when another stream of the same sidecar has taken its place. */
  remove(sidecar: ConnectedSidecar): boolean {
    if (this.#byProxyId.get(sidecar.hello.proxyId) !== sidecar) return false;
    this.#byProxyId.delete(sidecar.hello.proxyId);
    this.#count(sidecar, -1);
    return true;
  }

  get(proxyId: string): ConnectedSidecar | undefined {
    return this.#byProxyId.get(proxyId);
  }

  namespaces(): Set<string> {
    return new Set([...this.#byProxyId.values()].map((sidecar) => sidecar.hello.workload.namespace));
  }

  /** Brings every sidecar of the namespace to that snapshot. */
  offer(namespace: string, snapshot: Snapshot): void {
    const own = [...this.#byProxyId.values()].filter((s) => s.hello.workload.namespace === namespace);
    this.#events.wanted(own.filter((sidecar) => sidecar.offer(snapshot)));
  }

  /** The same for one that just came. */
  offerTo(sidecar: ConnectedSidecar, snapshot: Snapshot): void {
    if (sidecar.offer(snapshot)) this.#events.wanted([sidecar]);
  }

  ping(stallMs: number): void {
    for (const sidecar of this.#byProxyId.values()) sidecar.stream.ping(stallMs);
  }

  endAll(): void {
    for (const sidecar of this.#byProxyId.values()) sidecar.stream.end();
  }

  #count({ hello }: ConnectedSidecar, change: 1 | -1): void {
    this.#meters.connectedSidecars.inc({ namespace: hello.workload.namespace }, change);
  }
}
