import { Acknowledgement } from "@weir/domain";
import type { Logger } from "@weir/telemetry/process";
import type { Handler } from "../http/control-server.ts";
import { HttpFailure } from "../http/http-failure.ts";
import { readJson } from "../http/read-json.ts";
import type { Meters } from "../meters.ts";
import type { ConnectedSidecars } from "./connected-sidecars.ts";
import type { StatusOutbox } from "./status-outbox.ts";

export interface AcknowledgeSettings {
  readonly sidecars: Pick<ConnectedSidecars, "get">;
  readonly status: Pick<StatusOutbox, "acknowledged">;
  readonly meters: Meters;
  readonly logger: Logger;
}

/**
 * `POST /v1/ack`: what a sidecar says about a snapshot, taken at once (202) and written soon. It need not be the
 * controller that holds the sidecar's stream.
 */
export function acknowledge({ sidecars, status, meters, logger }: AcknowledgeSettings): Handler {
  return async (request, response) => {
    const acknowledgement = await readJson(request, Acknowledgement, "acknowledgement");
    const { proxyId, version, error } = acknowledgement;
    if (!status.acknowledged(acknowledgement))
      throw new HttpFailure(503, "overloaded", "too many acknowledgements wait for the database", {
        headers: { "retry-after": "5" },
      });
    const sidecar = sidecars.get(proxyId);
    sidecar?.acknowledged(acknowledgement);
    if (error === undefined) meters.acknowledgements.inc();
    else {
      meters.refusals.inc();
      const workload = sidecar?.hello.workload;
      logger.warn({ proxyId, workload, version, reason: error }, "a sidecar refused its snapshot");
    }
    response.writeHead(202, { "content-length": 0 });
    response.end();
  };
}
