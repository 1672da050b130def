import type { UpstreamAddress } from "../http1/upstream-pool.ts";
import type { UpstreamTls } from "../tls/upstream-tls.ts";
import { ConnectionPlaces } from "./connection-places.ts";

/** One address that requests are sent to, with what this sidecar has under way there. */
export interface Upstream extends UpstreamAddress {
  /** As configured, `host:port`. */
  readonly address: string;
  /** Requests under way. */
  active: number;
  /** When it could first be chosen, on the monotonic clock. */
  firstSeenMs: number | undefined;
  /** What it took to answer, and when that was; see `peak-ewma.ts`. */
  readonly cost: { ms: number; atMs: number | undefined };
  /** Where its open connections are counted (domain: `circuit-breaker/`); absent: nowhere. */
  connections: Int32Array | undefined;
  readonly places: ConnectionPlaces;
  /** How connections to it are encrypted; undefined: not at all. */
  tls: UpstreamTls | undefined;
  /** No snapshot has it any more: what is under way is finished, and its connections are not kept. */
  removed: boolean;
}

/** The upstreams of a sidecar by address: they outlive snapshots, so that a new snapshot forgets no load. */
export class UpstreamDirectory {
  readonly #byAddress = new Map<string, Upstream>();

  /** `host` without brackets. */
  get(address: string, host: string, port: number): Upstream {
    let upstream = this.#byAddress.get(address);
    if (upstream === undefined) {
      upstream = newUpstream(address, host, port);
      this.#byAddress.set(address, upstream);
    }
    upstream.removed = false;
    return upstream;
  }

  /** Forgets what is neither in use nor among `addresses`. Returns what left them. */
  retain(addresses: ReadonlySet<string>): Upstream[] {
    const left: Upstream[] = [];
    for (const [address, upstream] of this.#byAddress) {
      if (addresses.has(address)) continue;
      if (upstream.active === 0) this.#byAddress.delete(address);
      if (!upstream.removed) left.push(upstream);
      upstream.removed = true;
    }
    return left;
  }
}

/** Until it has answered once it counts as taking 30 ms (the default of Linkerd's peak EWMA). */
const assumedMs = 30;

export function newUpstream(address: string, host: string, port: number): Upstream {
  return {
    address,
    host,
    port,
    active: 0,
    firstSeenMs: undefined,
    cost: { ms: assumedMs, atMs: undefined },
    connections: undefined,
    places: new ConnectionPlaces(),
    tls: undefined,
    removed: false,
  };
}
