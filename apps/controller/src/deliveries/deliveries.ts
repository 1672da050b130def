import type { DeliveryAttempt, DueDelivery, NotificationStore } from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import pLimit from "p-limit";
import type { Dispatcher } from "undici";
import type { Duty } from "../duties/duty.ts";
import type { DeliveryMeters } from "../meters.ts";
import { type Answer, exchange, NoAnswer } from "../webhooks/exchange.ts";
import { outcomeOf } from "./outcome-of.ts";
import { outgoingMessage } from "./outgoing-message.ts";

export interface DeliveriesSettings {
  readonly store: Pick<
    NotificationStore,
    "dueDeliveries" | "nextDelivery" | "recordAttempt" | "trimDeliveries"
  >;
  /** Where people reach the console, without a slash at its end. */
  readonly consoleUrl: string;
  readonly dispatcher: Dispatcher;
  readonly meters: DeliveryMeters;
  readonly logger: Logger;
  /** For one attempt, where a rollout's plan says nothing else. */
  readonly timeoutMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

const trimEveryMs = 60_000;

/** Attempts under way at the same time, each on a connection of its own. */
const mostAtOnce = 32;
/** Of these, at receivers that failed the last time: however many hang, there is room for those that answer. */
const mostRetriesAtOnce = 16;

/**
 * Sends what is in the outbox, at least once: an attempt is recorded after it was made, and what nobody recorded is sent again
 * under the same id. Each queue is worked off by itself, its first before its second, so that one receiver that hangs delays
 * nobody else.
 */
export class Deliveries implements Duty {
  readonly name = "deliveries";
  readonly everyMs = 1_000;
  readonly #settings: DeliveriesSettings;
  readonly #busy = new Set<string>();
  readonly #places = pLimit(mostAtOnce);
  readonly #retries = pLimit(mostRetriesAtOnce);
  #trimmedMs = Number.NEGATIVE_INFINITY;

  constructor(settings: DeliveriesSettings) {
    this.#settings = settings;
  }

  /** Starts what is due and waits for none of it. */
  async run(signal: AbortSignal): Promise<void> {
    const { store, now, meters } = this.#settings;
    // A clock that was put back is no reason to wait until it has caught up.
    if (Math.abs(now() - this.#trimmedMs) >= trimEveryMs) {
      const givenUp = await store.trimDeliveries();
      meters.deliveries.inc({ outcome: "failed" }, givenUp);
      this.#trimmedMs = now();
    }
    for (const due of await store.dueDeliveries()) if (!this.#busy.has(due.queue)) this.#workOff(due, signal);
  }

  async #workOff({ queue, attempts }: DueDelivery, signal: AbortSignal): Promise<void> {
    this.#busy.add(queue);
    try {
      const next = () => this.#places(() => this.#deliverNext(queue, signal));
      let isMore = await (attempts > 0 ? this.#retries(next) : next());
      while (isMore) isMore = await next();
    } catch (error) {
      // The next run looks again; what was sent and could not be recorded is sent twice.
      if (!signal.aborted)
        this.#settings.logger.warn({ queue, err: error }, "a delivery could not be recorded");
    } finally {
      this.#busy.delete(queue);
    }
  }

  /** Looks once more what is due: its turn may have come late. @returns whether there may be another one. */
  async #deliverNext(queue: string, signal: AbortSignal): Promise<boolean> {
    const { store, meters, logger } = this.#settings;
    const due = signal.aborted ? undefined : await store.nextDelivery(queue);
    if (!due) return false;
    const attempt = await this.#attempt(due, signal);
    await store.recordAttempt(due, attempt);
    const outcome = typeof attempt.outcome === "string" ? attempt.outcome : "retried";
    meters.deliveries.inc({ outcome });
    if (outcome === "failed" && !due.isTest)
      logger.warn(
        { to: due.to.name, type: due.notification.type, error: attempt.error },
        "a delivery is given up",
      );
    return outcome !== "retried";
  }

  async #attempt(due: DueDelivery, signal: AbortSignal): Promise<DeliveryAttempt> {
    const tried = { ...due, format: due.to.format };
    try {
      return outcomeOf(await this.#send(due, signal), tried, this.#settings.random);
    } catch (error) {
      signal.throwIfAborted();
      // What cannot even be sent must not hold up its queue for ever.
      const why = error instanceof Error ? error.message : String(error);
      const got =
        error instanceof NoAnswer ? error : new NoAnswer(`cannot be sent: ${why}`, { cause: error });
      return outcomeOf(got, tried, this.#settings.random);
    }
  }

  async #send(due: DueDelivery, signal: AbortSignal): Promise<Answer> {
    const { consoleUrl, dispatcher, now } = this.#settings;
    const { timeoutMs = this.#settings.timeoutMs } = due.to;
    const message = outgoingMessage(due, consoleUrl, new Date(now()));
    return exchange({ ...message, timeoutMs, dispatcher, signal, now, method: "POST" });
  }
}
