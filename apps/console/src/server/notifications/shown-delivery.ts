import type { ShownDelivery as Stored } from "@weir/store";

/** A delivery as pages get it: times are ms since 1970, what is not known is null. */
export function shownDelivery({ at, attemptedAt, nextAttemptAt, status, error, ...delivery }: Stored) {
  return {
    ...delivery,
    atMs: at.getTime(),
    attemptedAtMs: attemptedAt?.getTime() ?? null,
    nextAttemptAtMs: nextAttemptAt?.getTime() ?? null,
    status: status ?? null,
    error: error ?? null,
  };
}
export type ShownDelivery = ReturnType<typeof shownDelivery>;
