import { setTimeout as sleep } from "node:timers/promises";
import type { NotificationStore, ShownDelivery } from "@weir/store";
import { CommandError, exitCodes } from "./command-error.ts";

/** An attempt may take ten seconds, and the controller looks every second. */
const patienceMs = 15_000;
const everyMs = 100;

/**
 * The delivery once it was tried.
 * @throws CommandError where no controller sent it.
 */
export async function untilTried(
  store: Pick<NotificationStore, "getDelivery">,
  id: number,
): Promise<ShownDelivery> {
  for (
    const startedMs = performance.now();
    performance.now() - startedMs < patienceMs;
    await sleep(everyMs)
  ) {
    const delivery = await store.getDelivery(id);
    if (delivery && delivery.state !== "waiting") return delivery;
  }
  throw new CommandError(
    exitCodes.unreachable,
    `no controller has sent the test within ${patienceMs / 1_000} s; is one running?`,
  );
}

/** `delivered, answered 200`. */
export function deliveryWords({ state, status, error }: ShownDelivery): string {
  return state === "delivered" ? `delivered, answered ${status}` : `not delivered, ${error}`;
}
