import type { Framing } from "../http1/framing.ts";
import type { ServerSettings } from "../http1/server-settings.ts";

/**
 * How long the next part of a request's body may take: one of known length has no reason to drip and must come at
 * the least rate in each window, any other may pause for as long as a stream may be idle.
 */
export class BodyPace {
  readonly #known: boolean;
  readonly #settings: Pick<ServerSettings, "limits" | "deadlines">;
  #windowBytes = 0;

  constructor(framing: Framing, settings: Pick<ServerSettings, "limits" | "deadlines">) {
    this.#known = framing.kind === "length";
    this.#settings = settings;
  }

  /** The deadline of a window that begins with `bytes` here. */
  next(bytes: number): number {
    const { limits, deadlines } = this.#settings;
    this.#windowBytes = bytes;
    return deadlines.in(this.#known ? limits.bodyWindowMs : limits.streamIdleTimeoutMs);
  }

  /** Whether the window that is over brought enough. */
  enough(bytes: number): boolean {
    const { minBodyBytesPerSecond, bodyWindowMs } = this.#settings.limits;
    return this.#known && bytes - this.#windowBytes >= (minBodyBytesPerSecond * bodyWindowMs) / 1000;
  }
}
