import type { Snapshot } from "@weir/domain";
import type { SidecarConfig } from "../config/sidecar-config.ts";
import type { Meters } from "../telemetry/meters.ts";
import { type AdminPages, asJson, plain } from "./admin-server.ts";

/** What the admin port shows of a sidecar. */
export interface AdminFacts {
  readonly config: SidecarConfig;
  readonly snapshot: () => Snapshot;
  readonly meters: () => Meters | Promise<Meters>;
  /** Why it is not alive; undefined: it is. */
  readonly sick?: () => string | undefined;
  /** Why it cannot serve; undefined: it can. */
  readonly notReady: () => string | undefined;
}

export function adminPages({ config, snapshot, meters, sick, notReady }: AdminFacts): AdminPages {
  const { service, version } = config.workload;
  return {
    "/healthz": () => {
      const reason = sick?.();
      return reason === undefined ? plain(200, "ok") : plain(503, reason);
    },
    "/readyz": () => {
      const reason = notReady();
      return reason === undefined ? plain(200, "ready") : plain(503, `not ready: ${reason}`);
    },
    "/metrics": async () => ({
      status: 200,
      contentType: "text/plain; version=0.0.4; charset=utf-8",
      body: (await meters()).text(`sidecar ${service} ${version}`, snapshot().version),
    }),
    "/snapshot": () => asJson(snapshot()),
    "/config": () => asJson(config),
  };
}
