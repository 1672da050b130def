import type { PartialSuccess } from "@weir/telemetry/otlp";
import type { Intake } from "../../../intake.ts";
import { Refusal } from "../../refusal.ts";

export interface DeliverySettings {
  readonly intake: Intake;
  /** Points that were not taken. */
  readonly onRejected: (partial: PartialSuccess) => void;
  /** A request that will never be taken; it is not tried again. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Hands metrics requests to the intake, in order. What the intake cannot take now stays, and is handed over again
 * byte for byte: should it have been kept after all, it is known by its digest and counts once.
 */
export class Delivery {
  readonly #settings: DeliverySettings;
  readonly #waiting: Buffer[] = [];

  constructor(settings: DeliverySettings) {
    this.#settings = settings;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  add(requests: readonly Buffer[]): void {
    this.#waiting.push(...requests);
  }

  /** Hands over what is waiting. True: nothing is left; false: the intake takes nothing now. Never throws. */
  async flush(): Promise<boolean> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      try {
        const partial = await this.#deliver(next);
        if (partial) this.#settings.onRejected(partial);
      } catch (error) {
        if (isPassing(error)) return false;
        this.#settings.onFault(error);
      }
      this.#waiting.shift();
    }
    return true;
  }

  async #deliver(body: Buffer): Promise<PartialSuccess | undefined> {
    const admitted = this.#settings.intake.enter();
    try {
      admitted.hold(body.length);
      return await this.#settings.intake.consume({ signal: "metrics", encoding: "protobuf", body });
    } finally {
      admitted.release();
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Refusal && (error.kind === "unavailable" || error.kind === "overloaded");
}
