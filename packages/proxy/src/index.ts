/**
 * The sidecar: it carries every request of one workload, measures it, and runs the mesh's policies over it.
 *
 * `runSidecar({ configFile })` runs one as this process; `startSidecar(settings)` runs one inside another program,
 * such as a test. Read `outbound.ts` and `inbound.ts` first: they are the way of a request, stage by stage. Below
 * them `http1/` is the HTTP/1.1 engine on raw sockets, `mesh/` the snapshot in force, `control/` where snapshots
 * come from, `telemetry/` what is told of each request, and `workers/` the same sidecar on several threads.
 */
export { ConfigInvalid } from "./config/read-config.ts";
export type { ResolvedConfig } from "./config/resolve-config.ts";
export type { SidecarConfig } from "./config/sidecar-config.ts";
export { ListenFailed } from "./http1/http-listener.ts";
export { type RunSidecarOptions, runSidecar } from "./run-sidecar.ts";
export { type Sidecar, type SidecarSettings, startSidecar } from "./sidecar.ts";
