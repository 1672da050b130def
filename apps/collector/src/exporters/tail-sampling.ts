import type { AttributeRules } from "../processors/attribute-rules/attribute-rules.ts";
import {
  createProcessing,
  type ProcessedRequest,
  type ProcessRequest,
} from "../processors/process-request.ts";
import { observeRequest } from "../processors/sampling/observe-request.ts";
import type { TraceVerdicts } from "../processors/sampling/trace-verdicts.ts";
import type { SpanDecoderSettings } from "../processors/spans/span-decoder.ts";
import type { SpoolRequest } from "../spool/record.ts";
import type { Spool } from "../spool/spool.ts";
import { digestOf } from "./digest-of.ts";

export interface TailSamplingSettings {
  readonly verdicts: TraceVerdicts;
  /** A spool of its own: what waits for a decision must not keep back what waits for the database. */
  readonly spool: Spool;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly rules: AttributeRules;
  readonly decoding: Omit<SpanDecoderSettings, "sampler">;
  /** Without sampling. */
  readonly process: ProcessRequest;
}

/**
 * Requests of spans wait on disk, acknowledged, until their traces can be judged, and are then read back. What an earlier
 * process had left there was judged by nobody, and is kept whole.
 */
export class TailSampling {
  readonly #settings: TailSamplingSettings;
  readonly #startedNs: bigint;
  readonly #sampled: ProcessRequest;
  /** When the request that is being read was due: a backlog is judged as if it had been read in time. */
  #dueMs = 0;

  constructor(settings: TailSamplingSettings) {
    const { verdicts, now, decoding } = settings;
    this.#settings = settings;
    this.#startedNs = BigInt(now()) * 1_000_000n;
    this.#sampled = createProcessing({
      ...decoding,
      sampler: {
        keepsBytes: (body, at) => verdicts.verdict(body.toString("hex", at, at + 16), this.#dueMs) === "keep",
      },
    });
  }

  get spool(): Spool {
    return this.#settings.spool;
  }

  /** Resolves when the request is on disk. Throws SpoolFull or SpoolFailed. */
  async append(received: SpoolRequest): Promise<void> {
    const { spool, verdicts, rules } = this.#settings;
    // Before it is acknowledged: what cannot be read all through is refused, and must not be on disk then.
    observeRequest(received, verdicts, rules);
    await spool.append(received);
  }

  /** Whether the oldest request has waited long enough. */
  isDue(receivedNs: bigint | undefined = this.#settings.spool.oldestReceivedNs): boolean {
    const { now, verdicts } = this.#settings;
    return receivedNs !== undefined && now() - Number(receivedNs / 1_000_000n) >= verdicts.decisionWaitMs;
  }

  /** The request with what its traces' verdicts leave of it; undefined: its time has not come. */
  process(request: SpoolRequest): ProcessedRequest | undefined {
    if (!this.isDue(request.receivedNs)) return undefined;
    this.#dueMs = Number(request.receivedNs / 1_000_000n) + this.#settings.verdicts.decisionWaitMs;
    const isJudged = request.receivedNs >= this.#startedNs;
    return (isJudged ? this.#sampled : this.#settings.process)({ ...request, digest: digestOf(request) });
  }
}
