import type { Signal } from "@weir/telemetry/otlp";
import type { Logger } from "@weir/telemetry/process";

/** How a backend takes what it is sent. */
type State = "taking" | "away" | "refusing" | "partly";

/** A line in the log when a backend begins or ceases to take a signal, not one for every request. */
export class BackendState {
  readonly #log: Logger;
  readonly #endpoint: string;
  readonly #states = new Map<Signal, State>();

  constructor(log: Logger, endpoint: string) {
    this.#log = log;
    this.#endpoint = endpoint;
  }

  tell(signal: Signal, state: State, reason?: string): void {
    if (state === (this.#states.get(signal) ?? "taking")) return;
    this.#states.set(signal, state);
    const fields = { endpoint: this.#endpoint, signal, reason };
    if (state === "taking") this.#log.info(fields, "the backend takes what is forwarded again");
    else this.#log.warn(fields, messages[state]);
  }
}

const messages: Record<Exclude<State, "taking">, string> = {
  away: "the backend takes nothing that is forwarded now; it is tried again",
  refusing: "the backend refuses what is forwarded; it is dropped",
  partly: "the backend took a part of what was forwarded",
};
