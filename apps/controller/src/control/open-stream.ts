import { Hello } from "@weir/domain";
import type { Logger } from "@weir/telemetry/process";
import type { LeaseKeeper } from "../endpoints/lease-keeper.ts";
import type { Handler } from "../http/control-server.ts";
import { HttpFailure } from "../http/http-failure.ts";
import { readJson } from "../http/read-json.ts";
import type { Meters } from "../meters.ts";
import type { Snapshots } from "../snapshot/snapshots.ts";
import { ConnectedSidecar } from "./connected-sidecar.ts";
import type { ConnectedSidecars } from "./connected-sidecars.ts";

export interface OpenStreamSettings {
  readonly sidecars: ConnectedSidecars;
  readonly snapshots: Pick<Snapshots, "of">;
  readonly leases: Pick<LeaseKeeper, "opened" | "closed">;
  readonly meters: Meters;
  readonly logger: Logger;
  /** Aborted when the controller stops: streams then end by our doing and no endpoint is released. */
  readonly stopping: AbortSignal;
}

/**
 * `POST /v1/stream`: the open stream is the sidecar's lease. It gets the snapshot in force as soon as there is one,
 * whether or not the database takes its registration just now.
 */
export function openStream(settings: OpenStreamSettings): Handler {
  const { sidecars, snapshots, leases, meters, logger, stopping } = settings;
  return async (request, response) => {
    const hello = await readJson(request, Hello, "hello");
    if (response.destroyed) return;
    if (stopping.aborted) throw new HttpFailure(503, "stopping", "this controller is stopping");
    // A peer whose machine is gone sends no FIN; this notices it within about 15 s of silence.
    request.socket.setKeepAlive(true, 5_000);
    response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
    response.flushHeaders();

    const sidecar = new ConnectedSidecar(hello, response, meters);
    const { proxyId, workload } = hello;
    sidecars.add(sidecar);
    leases.opened(hello);
    logger.info({ proxyId, workload, address: hello.inboundAddress }, "a sidecar connected");
    response.on("close", () => {
      const current = sidecars.remove(sidecar);
      if (stopping.aborted || !current) return;
      leases.closed(proxyId);
      logger.info({ proxyId, workload }, "a sidecar is gone");
    });
    const snapshot = snapshots.of(workload.namespace);
    if (snapshot) sidecars.offerTo(sidecar, snapshot);
  };
}
