import { SpanDictionary } from "@weir/store";
import type { Signal } from "@weir/telemetry/otlp";
import { createProcessing, type ProcessedRequest } from "../process-request.ts";
import type { AttributeRules } from "../spans/attribute-keys.ts";

export const receivedNs = 1_700_000_000_000_000_000n;

/** Every attribute as it came. */
export const plainRules: AttributeRules = {
  ruleOf: (name) => ({ name, action: "keep", isAlias: false }),
  apply: (_, value) => value,
  readsTexts: false,
};

/** What becomes of a body in protobuf. */
export function processBody(signal: Signal, body: Buffer): ProcessedRequest {
  const process = createProcessing({ dictionary: new SpanDictionary(), rules: plainRules });
  return process({ signal, encoding: "protobuf", body, digest: new Uint8Array(32), receivedNs });
}
