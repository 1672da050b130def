import type { Intake } from "../../intake.ts";

/** Why something of a stream was not kept. Nobody sends it again: access logs are not acknowledged. */
export type AlsDropReason = "overloaded" | "unavailable" | "refused" | "malformed" | "too_large" | "internal";

/** What was lost: messages that were not read, or of those that were, log records and counts on the map. */
export type AlsDropUnit = "messages" | "logs" | "metrics";

export interface AlsSettings {
  readonly intake: Pick<Intake, "enter" | "consume">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A text that was not given out before. */
  readonly newId: () => string;
  /** Requests and connections that were read and told the intake of. */
  readonly onRequests: (count: number) => void;
  readonly onDropped: (unit: AlsDropUnit, reason: AlsDropReason, count: number) => void;
  /** A fault of the collector itself. */
  readonly onFault: (error: unknown) => void;
  /** Default 10 s: what a stream is held up while nothing can be taken, before its messages are dropped. */
  readonly patienceMs?: number;
}
