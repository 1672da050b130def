import type { OtlpCaller } from "./otlp-caller.ts";
import type { Ready } from "./rounds.ts";

/** What has been sent and answered so far. */
export interface Tally {
  /** Requests that were taken in full. */
  requests: number;
  /** Spans, or data points, of them. */
  items: number;
  /** What the database must hold of them. */
  amount: number;
  bytes: number;
  /** Answers that asked to come back later. */
  turnedAway: number;
}

export const emptyTally = (): Tally => ({ requests: 0, items: 0, amount: 0, bytes: 0, turnedAway: 0 });

/** Sends one request until it is taken, coming back when asked to. Rejects when it cannot be taken at all. */
export function sendUntilTaken(caller: OtlpCaller, ready: Ready, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    const attempt = () =>
      caller.send(ready.bytes, (answer) => {
        if (answer instanceof Error) return reject(answer);
        if (answer.kind === "later") {
          tally.turnedAway++;
          setTimeout(attempt, answer.afterMs);
          return;
        }
        ready.giveBack();
        tally.requests++;
        tally.items += ready.items;
        tally.amount += ready.amount;
        tally.bytes += ready.bytes.length;
        resolve();
      });
    attempt();
  });
}
