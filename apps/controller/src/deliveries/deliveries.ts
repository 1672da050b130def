import type { DeliveryAttempt, DueDelivery, NotificationStore } from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import type { Dispatcher } from "undici";
import type { Duty } from "../duties/duty.ts";
import type { DeliveryMeters } from "../meters.ts";
import { exchange, NoAnswer } from "../webhooks/exchange.ts";
import { signedHeaders } from "../webhooks/signed-headers.ts";
import { jsonMessage } from "./json-message.ts";
import { outcomeOf } from "./outcome-of.ts";
import { slackMessage } from "./slack-message.ts";

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
  #trimmedMs = Number.NEGATIVE_INFINITY;

  constructor(settings: DeliveriesSettings) {
    this.#settings = settings;
  }

  /** Starts what is due and waits for none of it. */
  async run(signal: AbortSignal): Promise<void> {
    const { store, now, meters } = this.#settings;
    if (now() - this.#trimmedMs >= trimEveryMs) {
      const givenUp = await store.trimDeliveries();
      meters.deliveries.inc({ outcome: "failed" }, givenUp);
      this.#trimmedMs = now();
    }
    for (const due of await store.dueDeliveries()) if (!this.#busy.has(due.queue)) this.#workOff(due, signal);
  }

  async #workOff(first: DueDelivery, signal: AbortSignal): Promise<void> {
    const { store, logger } = this.#settings;
    this.#busy.add(first.queue);
    try {
      for (let due: DueDelivery | undefined = first; due; due = await store.nextDelivery(first.queue)) {
        await this.#deliver(due, signal);
        if (signal.aborted) return;
      }
    } catch (error) {
      // The next run looks again; what was sent and could not be recorded is sent twice.
      if (!signal.aborted)
        logger.warn({ queue: first.queue, err: error }, "a delivery could not be recorded");
    } finally {
      this.#busy.delete(first.queue);
    }
  }

  async #deliver(due: DueDelivery, signal: AbortSignal): Promise<void> {
    const { store, meters, logger } = this.#settings;
    const attempt = await this.#attempt(due, signal);
    await store.recordAttempt(due.id, attempt);
    const outcome = typeof attempt.outcome === "string" ? attempt.outcome : "retried";
    meters.deliveries.inc({ outcome });
    if (outcome === "failed" && !due.isTest)
      logger.warn(
        { to: due.to.name, type: due.notification.type, error: attempt.error },
        "a delivery is given up",
      );
  }

  async #attempt(due: DueDelivery, signal: AbortSignal): Promise<DeliveryAttempt> {
    const { consoleUrl, dispatcher, now, random } = this.#settings;
    const { url, format, secret, timeoutMs = this.#settings.timeoutMs } = due.to;
    const { notification } = due;
    const body = (format === "slack" ? slackMessage : jsonMessage)(notification, consoleUrl);
    const headers =
      format === "slack"
        ? { "content-type": "application/json" }
        : signedHeaders({ id: `msg_${notification.uid}`, body, secret }, new Date(now()));
    const sent = { url, headers, body, timeoutMs, dispatcher, signal, now, method: "POST" as const };
    try {
      return outcomeOf(await exchange(sent), due, random);
    } catch (error) {
      if (error instanceof NoAnswer) return outcomeOf(error, due, random);
      throw error;
    }
  }
}
