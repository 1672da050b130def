import { applyEdits, type Filter } from "../filters/filter.ts";
import type { Stage } from "./stage.ts";

/** Runs the filters over the request, in order, and leaves them on the exchange for its response. */
export const applyFilters =
  (filters: readonly Filter[]): Stage =>
  (next) =>
  (exchange) => {
    const facts = {
      peerAddress: exchange.stream.peerAddress,
      encrypted: exchange.stream.encrypted,
      toService: exchange.service !== undefined,
      fields: exchange.fields,
    };
    for (const filter of filters) if (filter.onRequest) applyEdits(exchange.fields, filter.onRequest(facts));
    exchange.filters = filters;
    return next(exchange);
  };
