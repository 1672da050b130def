import type { GrpcMethods } from "../grpc/grpc-method.ts";
import type { AlsSettings } from "./als-settings.ts";
import { AlsStream } from "./als-stream.ts";

/**
 * Envoy's access-log service (envoy/service/accesslog/v3/als.proto): every proxy of an Istio, Kuma, Consul or plain Envoy
 * data plane streams what it carried. The answer, an empty StreamAccessLogsResponse, is for streams that end.
 */
export function alsMethods(settings: AlsSettings): GrpcMethods {
  return {
    "/envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs": {
      name: "access_logs",
      async answer(call) {
        await new AlsStream(settings, call).run();
        return Buffer.alloc(0);
      },
    },
  };
}
