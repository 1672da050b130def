import type { Intake } from "../../intake.ts";
import { alsMethods } from "../envoy-als/als-methods.ts";
import type { AlsSettings } from "../envoy-als/als-settings.ts";
import type { CallSettings } from "./answer-call.ts";
import { type GrpcServer, startGrpcServer } from "./grpc-server.ts";
import { healthMethods } from "./health-methods.ts";
import { otlpMethods } from "./otlp-methods.ts";

export interface GrpcReceiverSettings
  extends Pick<CallSettings, "onAnswer" | "onFault">,
    Pick<AlsSettings, "now" | "newId" | "patienceMs"> {
  readonly listen: { readonly host: string; readonly port: number };
  readonly intake: Intake;
  /** For the health service. */
  readonly isReady: () => boolean;
  /** Default 30 s: what a sender gets for one message. */
  readonly messageTimeoutMs?: number;
  readonly onAccessLogs: AlsSettings["onRequests"];
  readonly onAccessLogsDropped: AlsSettings["onDropped"];
}

/** gRPC's own default, and what OTLP/gRPC senders reckon with. */
export const maxMessageBytes = 4 * 1024 * 1024;

/** OTLP/gRPC, Envoy's access-log service and health, on one port. Throws one sentence when it cannot listen. */
export function startGrpcReceiver(settings: GrpcReceiverSettings): Promise<GrpcServer> {
  const { intake, listen, isReady, onAnswer, onFault } = settings;
  const services = {
    ...otlpMethods(intake),
    ...alsMethods({
      ...settings,
      onRequests: settings.onAccessLogs,
      onDropped: settings.onAccessLogsDropped,
    }),
  };
  const names = Object.keys(services).map((path) => path.split("/")[1] ?? "");
  const methods = { ...services, ...healthMethods(names, isReady) };
  const { messageTimeoutMs = 30_000 } = settings;
  return startGrpcServer({ listen, methods, maxMessageBytes, messageTimeoutMs, onAnswer, onFault });
}
