import type { Encoding, PartialSuccess, Signal } from "@weir/telemetry/otlp";
import { digestOf } from "./exporters/digest-of.ts";
import { keptSize } from "./processors/memory-limiter/kept-size.ts";
import type { MemoryLimiter } from "./processors/memory-limiter/memory-limiter.ts";
import { acceptedItems, type ProcessedRequest, type ProcessRequest } from "./processors/process-request.ts";
import type { Admission, Admitted } from "./receivers/admission.ts";
import { Refusal } from "./receivers/refusal.ts";
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
  /** Absent: only what is in flight is bounded, not the process. */
  readonly limiter?: MemoryLimiter | undefined;
  /** Told of every request that is refused because there is too much to do, and has to come again. */
  readonly onOverload?: (() => void) | undefined;
  /** Told of every request that is kept, as it came. */
  readonly onKept?: ((request: OtlpRequest) => void) | undefined;
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
    const { mayReceive, limiter, admission } = this.#settings;
    mayReceive();
    return this.#telling(() => {
      limiter?.check();
      const { hold, release } = admission.enter();
      return { hold: (bytes) => this.#telling(() => hold(bytes)), release };
    });
  }

  /**
   * Asks for room to decode a body that becomes another request first, by a receiver of another format. Throws a Refusal
   * when there is none now, or at any time.
   */
  weigh(request: OtlpRequest): void {
    this.#telling(() => this.#settings.limiter?.checkBody(request));
  }

  /**
   * Resolves once all that is good of the request is kept for good; what is not good is said in the result (undefined:
   * nothing). Throws OtlpDecodeError for a body that its encoding does not allow, or a Refusal.
   */
  async consume(request: OtlpRequest): Promise<PartialSuccess | undefined> {
    try {
      return await this.#keep(request);
    } catch (error) {
      this.#tell(error);
      throw error;
    }
  }

  async #keep(request: OtlpRequest): Promise<PartialSuccess | undefined> {
    const { now, limiter, process, admission, keep, onKept } = this.#settings;
    limiter?.checkBody(request);
    const received = { ...request, receivedNs: BigInt(now()) * 1_000_000n };
    const processed = process({ ...received, digest: digestOf(request) });
    const { signal, rejections } = processed;
    const bytes = keptSize(signal, acceptedItems(processed), request.body.length);
    await admission.holdFor(bytes, () => keep(processed, received));
    onKept?.(request);
    const { total: rejected, message: errorMessage } = rejections;
    return rejected === 0 ? undefined : { rejected, errorMessage };
  }

  #telling<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#tell(error);
      throw error;
    }
  }

  #tell(error: unknown): void {
    if (error instanceof Refusal && error.kind === "overloaded") this.#settings.onOverload?.();
  }
}
