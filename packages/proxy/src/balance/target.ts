import type { Party } from "../exchange.ts";
import type { Upstream } from "./upstream.ts";

/** An endpoint of a service: where, and which version answers there. */
export interface Target {
  readonly upstream: Upstream;
  readonly version: string;
  /** The destination a request sent there is counted under. */
  readonly party: Party;
  readonly zone?: string | undefined;
  /** Share of requests relative to the other targets', 1 or more; 1 when absent. */
  readonly weight?: number | undefined;
  /** Where its health is kept, if the service has outlier detection; see `outlier-tracker.ts`. */
  readonly health?: TargetHealth | undefined;
}

export interface TargetHealth {
  /** The host's cells (domain: `outlier-detection/host-health.ts`). */
  readonly host: Int32Array;
  /** Cells shared by all hosts that it is judged against. */
  readonly group: Int32Array;
}
