import type { Encoding, PartialSuccess, Signal } from "@weir/telemetry/otlp";
import { digestOf } from "./exporters/digest-of.ts";
import type { ProcessedRequest, ProcessRequest } from "./processors/process-request.ts";
import type { Admission, Admitted } from "./receivers/admission.ts";
import type { SpoolRequest } from "./spool/record.ts";

/** One OTLP request. Receivers of other formats translate theirs into one, so that all that follows knows one form. */
export interface OtlpRequest {
  readonly signal: Signal;
  readonly encoding: Encoding;
  /** Not compressed any more; at most `maxBodyBytes`. */
  readonly body: Buffer;
}

export interface IntakeSettings {
  readonly admission: Admission;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Throws a Refusal while nothing can be kept, before anybody reads a body for nothing. */
  readonly mayReceive: () => void;
  readonly process: ProcessRequest;
  /** Resolves once the request is kept: committed, or on disk. Throws a Refusal when it is not. */
  readonly keep: (processed: ProcessedRequest, received: SpoolRequest) => Promise<void>;
}

/**
 * What stands behind every receiver. A receiver calls `enter` before it reads a body, `hold` on what it got for each
 * piece it reads, `consume` with the whole, and `release` when it has answered.
 */
export class Intake {
  readonly #settings: IntakeSettings;

  constructor(settings: IntakeSettings) {
    this.#settings = settings;
  }

  /** Room for one request. Throws a Refusal when there is none, or when nothing can be kept now. */
  enter(): Admitted {
    this.#settings.mayReceive();
    return this.#settings.admission.enter();
  }

  /**
   * Resolves once all that is good of the request is kept for good; what is not good is said in the result (undefined:
   * nothing). Throws OtlpDecodeError for a body that its encoding does not allow, or a Refusal.
   */
  async consume(request: OtlpRequest): Promise<PartialSuccess | undefined> {
    const received = { ...request, receivedNs: BigInt(this.#settings.now()) * 1_000_000n };
    const processed = this.#settings.process({ ...received, digest: digestOf(request) });
    await this.#settings.keep(processed, received);
    const { total: rejected, message: errorMessage } = processed.rejections;
    return rejected === 0 ? undefined : { rejected, errorMessage };
  }
}
