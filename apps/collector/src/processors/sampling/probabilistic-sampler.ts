import { samplingStateOf } from "./sampling-state.ts";
import { isAtLeast, probabilityOf, thresholdOf, type Uint56 } from "./threshold.ts";

export interface ProbabilisticSamplerSettings {
  /** Of all traces, 0 to 100. */
  readonly percentage: number;
  /**
   * `equalizing`: traces that were sampled before by as little or less stay, so that all are sampled alike.
   * `proportional`: the share is one of what came, whatever was left out before.
   */
  readonly mode: "equalizing" | "proportional";
}

/**
 * Keeps a share of traces, whole ones, and the same in every process that keeps as much or more (OpenTelemetry:
 * TraceState probability sampling): by the last seven bytes of the trace id, or the tracestate's `rv`, against a threshold.
 */
export class ProbabilisticSampler {
  readonly #settings: ProbabilisticSamplerSettings;
  readonly #threshold: Uint56 | undefined;

  constructor(settings: ProbabilisticSamplerSettings) {
    this.#settings = settings;
    const probability = settings.percentage / 100;
    this.#threshold = probability > 0 ? thresholdOf(probability) : undefined;
  }

  /** Whether it leaves anything out. */
  get thins(): boolean {
    return this.#settings.percentage < 100;
  }

  /** By the trace's id, 32 hexadecimal digits. */
  keeps(traceId: string, traceState = ""): boolean {
    const low = Number.parseInt(traceId.slice(24), 16);
    return this.#keeps({ high: Number.parseInt(traceId.slice(18, 24), 16), low }, traceState);
  }

  /** By the 16 bytes of the trace's id that stand at `at`. */
  keepsBytes(bytes: Buffer, at: number, traceState = ""): boolean {
    return this.#keeps({ high: bytes.readUIntBE(at + 9, 3), low: bytes.readUInt32BE(at + 12) }, traceState);
  }

  #keeps(ofTraceId: Uint56, traceState: string): boolean {
    if (!this.#threshold) return false;
    if (traceState === "") return isAtLeast(ofTraceId, this.#threshold);
    const { randomness = ofTraceId, threshold: before } = samplingStateOf(traceState);
    // A trace that its own threshold leaves out was not sampled by it: nothing is known about its share.
    const proportional = this.#settings.mode === "proportional" && before && isAtLeast(randomness, before);
    return isAtLeast(randomness, proportional ? this.#shareOf(before) : this.#threshold);
  }

  #shareOf(before: Uint56): Uint56 {
    return thresholdOf(Math.max(2 ** -56, (probabilityOf(before) * this.#settings.percentage) / 100));
  }
}
