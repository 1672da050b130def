import { decodeHealthCheck, encodeServingStatus, servingStatus } from "@weir/telemetry/grpc";
import type { Admitted } from "../admission.ts";
import { Refusal } from "../refusal.ts";
import type { GrpcMethods } from "./grpc-method.ts";
import { withOneMessage } from "./one-message.ts";

/** No service here has a longer name. */
const maxRequestBytes = 1024;

/**
 * The health service that load balancers and Kubernetes ask (grpc/health/v1/health.proto), without Watch: who finds it
 * unimplemented asks by Check. `services` are those that may be asked about, beside the server as a whole.
 */
export function healthMethods(services: readonly string[], isReady: () => boolean): GrpcMethods {
  return {
    "/grpc.health.v1.Health/Check": {
      name: "health",
      answer: (call) =>
        withOneMessage(call, admitSmall, async (body) => {
          const service = decodeHealthCheck(body);
          if (service !== "" && !services.includes(service))
            throw new Refusal("unknownPath", `no service ${service} here`);
          return encodeServingStatus(isReady() ? servingStatus.serving : servingStatus.notServing);
        }),
    },
  };
}

/** Health is answered when nothing else is, so it takes no room from others; what it reads is small. */
function admitSmall(): Admitted {
  let left = maxRequestBytes;
  return {
    hold(bytes) {
      left -= bytes;
      if (left < 0) throw new Refusal("tooLarge", `the message is larger than ${maxRequestBytes} bytes`);
    },
    release() {},
  };
}
