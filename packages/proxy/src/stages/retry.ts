import { enterRequest, leaveRequest } from "@weir/domain/request-path";
import { Retrying } from "./retrying.ts";
import type { Stage } from "./stage.ts";

/**
 * Sends a request again while its answers are such that its rule says so: nothing of a failed try reaches the caller.
 * All requests to a service of which some are retried are counted, for retries are held to a share of them.
 */
export const retry =
  (random: () => number): Stage =>
  (next) =>
  (exchange) => {
    const budget = exchange.service?.retryBudget;
    if (budget === undefined) return next(exchange);
    enterRequest(budget);
    const settings = exchange.action?.retry;
    const over = settings ? new Retrying({ exchange, settings, budget, random }).run(next) : next(exchange);
    return over.finally(() => leaveRequest(budget));
  };
