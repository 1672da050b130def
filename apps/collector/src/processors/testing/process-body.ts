import { SpanDictionary } from "@weir/store";
import type { Signal } from "@weir/telemetry/otlp";
import { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { createProcessing, type ProcessedRequest } from "../process-request.ts";

export const receivedNs = 1_700_000_000_000_000_000n;

/** Every attribute as it came. */
export const plainRules = new AttributeRules({ normalise: false });

/** What becomes of a body in protobuf. */
export function processBody(signal: Signal, body: Buffer, rules = plainRules): ProcessedRequest {
  const process = createProcessing({ dictionary: new SpanDictionary(), rules });
  return process({ signal, encoding: "protobuf", body, digest: new Uint8Array(32), receivedNs });
}
