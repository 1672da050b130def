import { parseHex, type Uint56 } from "./threshold.ts";

/** What a tracestate says about sampling. */
export interface SamplingState {
  /** `th`: what has been left out already. */
  readonly threshold: Uint56 | undefined;
  /** `rv`: the trace's randomness, where its id is not to be taken for it. */
  readonly randomness: Uint56 | undefined;
}

const nothing: SamplingState = { threshold: undefined, randomness: undefined };

/** OpenTelemetry's entry of a tracestate (OpenTelemetry: TraceState handling); what is malformed counts as absent. */
export function samplingStateOf(traceState: string): SamplingState {
  if (!traceState.includes("ot=")) return nothing;
  const entry = traceState
    .split(",")
    .map((member) => member.trim())
    .find((member) => member.startsWith("ot="));
  if (entry === undefined) return nothing;
  const values = new Map(entry.slice(3).split(";").map(pairOf));
  return {
    threshold: hexOf(values.get("th"), /^[0-9a-f]{1,14}$/),
    randomness: hexOf(values.get("rv"), /^[0-9a-f]{14}$/),
  };
}

function pairOf(member: string): readonly [string, string] {
  const colon = member.indexOf(":");
  return [member.slice(0, colon), member.slice(colon + 1)];
}

function hexOf(text: string | undefined, form: RegExp): Uint56 | undefined {
  return text !== undefined && form.test(text) ? parseHex(text) : undefined;
}
