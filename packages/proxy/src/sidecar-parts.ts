import type { Workload } from "@weir/domain";
import type { Clock } from "./clock.ts";
import type { SidecarConfig } from "./config/sidecar-config.ts";
import type { Deadlines } from "./http1/deadlines.ts";
import type { HttpLimits } from "./http1/limits.ts";
import type { ParseReason } from "./http1/parse-failure.ts";
import type { Logger } from "./logger.ts";
import type { Mesh } from "./mesh/mesh.ts";
import type { ServiceView } from "./mesh/service-view.ts";
import type { MirroringSettings } from "./mirror/mirroring.ts";
import type { Upstreams } from "./stages/choose-upstreams.ts";
import type { ExchangeRecorder } from "./stages/measure.ts";
import type { Tunnels } from "./tcp/tunnels.ts";
import type { Wires } from "./wire/wires.ts";

/** What both listeners of a sidecar share. */
export interface SidecarParts {
  readonly workload: Workload;
  readonly mesh: Mesh;
  readonly wires: Wires;
  readonly upstreams: Upstreams;
  readonly tunnels: Tunnels;
  readonly recorder: ExchangeRecorder;
  readonly rejected: (reason: ParseReason) => void;
  /** Told of each endpoint that outlier detection ejects. */
  readonly ejected: (service: ServiceView, reason: string) => void;
  /** Told of each copy that a mirroring rule asked for. */
  readonly mirrored: MirroringSettings["mirrored"];
  readonly limits: HttpLimits;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
  /** What is added to messages; see the configuration's `additions`. */
  readonly additions: SidecarConfig["additions"];
  /** Share of traces started here that are sampled, 0 to 1. */
  readonly traceSampling: number;
}
