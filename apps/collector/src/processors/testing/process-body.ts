import type { Signal } from "@weir/telemetry/otlp";
import { type ProcessedRequest, processRequest } from "../process-request.ts";

export const receivedNs = 1_700_000_000_000_000_000n;

/** What becomes of a body in protobuf. */
export function processBody(signal: Signal, body: Buffer): ProcessedRequest {
  return processRequest({ signal, encoding: "protobuf", body, digest: new Uint8Array(32), receivedNs });
}
