import { OtlpDecodeError } from "@weir/telemetry/otlp";
import { Refusal } from "../refusal.ts";
import type { AlsDropReason } from "./als-settings.ts";

/** What an error is counted under. */
export function dropReasonOf(error: unknown): AlsDropReason {
  if (error instanceof OtlpDecodeError) return "malformed";
  if (!(error instanceof Refusal)) return "internal";
  switch (error.kind) {
    case "overloaded":
    case "unavailable":
    case "malformed":
      return error.kind;
    case "tooLarge":
      return "too_large";
    default:
      return error.kind === "internal" ? "internal" : "refused";
  }
}
