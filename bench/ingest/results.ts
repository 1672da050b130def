import type { Metrics } from "./measure/metrics.ts";
import type { PeerFigures } from "./measure/peers.ts";
import type { Saturated } from "./measure/saturated.ts";
import type { Steady } from "./measure/steady.ts";

/** All that a run measured; what was not asked for is absent. */
export interface Results {
  readonly saturated: Saturated | undefined;
  readonly steady: Steady | undefined;
  readonly metrics: Metrics | undefined;
  readonly peers: ReadonlyMap<string, PeerFigures | Error> | undefined;
}
