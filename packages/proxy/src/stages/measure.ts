import type { Exchange } from "../exchange.ts";
import type { Stage } from "./stage.ts";

/** Whoever keeps account of finished exchanges. Must not throw. */
export interface ExchangeRecorder {
  begin(): void;
  end(exchange: Exchange): void;
}

/** Reports every exchange once it is over, as the caller saw it: so it stands outside of `answerFailures`. */
export const measure =
  (recorder: ExchangeRecorder): Stage =>
  (next) =>
  (exchange) => {
    recorder.begin();
    // Not async: on every request, and one promise costs less than two.
    return next(exchange).then(() => recorder.end(exchange));
  };
