import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "../refusal.ts";

export interface Patience {
  /** What may be spent on waiting. */
  readonly limitMs: number;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  readonly isStopping: () => boolean;
}

const retryMs = 100;

/** Tries again while it is refused for what passes by itself, as long as there is patience; then throws the last {@link Refusal}. */
export async function withPatience<T>(patience: Patience, attempt: () => T | Promise<T>): Promise<T> {
  const until = patience.now() + patience.limitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!passes(error) || patience.isStopping() || patience.now() >= until) throw error;
    }
    await pause(retryMs);
  }
}

/** Of what a sender is refused for, what is over after a while. */
export function passes(error: unknown): boolean {
  return error instanceof Refusal && (error.kind === "overloaded" || error.kind === "unavailable");
}
