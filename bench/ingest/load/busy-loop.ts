import type { OtlpCaller } from "./otlp-caller.ts";
import type { Ready } from "./rounds.ts";
import { sendUntilTaken, type Tally } from "./send-until-taken.ts";

export interface LoopSettings {
  readonly callers: readonly OtlpCaller[];
  readonly next: () => Ready;
  readonly tally: Tally;
  readonly ms: number;
  /** Told of each request as it is sent, with the time on this process's clock that it counts from. */
  readonly onSent: (ready: Ready, atMs: number) => void;
}

/** Every connection sends again as soon as it is answered; what is under way at the end is waited for. */
export async function busyLoop({ callers, next, tally, ms, onSent }: LoopSettings): Promise<void> {
  const until = performance.now() + ms;
  await Promise.all(
    callers.map(async (caller) => {
      while (performance.now() < until) {
        const ready = next();
        onSent(ready, performance.now());
        await sendUntilTaken(caller, ready, tally);
      }
    }),
  );
}
