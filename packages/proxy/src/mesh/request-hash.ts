import { hashText, type LoadBalancerSettings, RequestReader } from "@weir/domain/request-path";
import type { Exchange } from "../exchange.ts";

/** What a request is placed by among the endpoints, 32 bits; undefined where it does not have it. */
export type HashOfRequest = (exchange: Exchange) => number | undefined;

/** Hashes the part of a request that a load balancing policy names. */
export function hashOfRequest(on: NonNullable<LoadBalancerSettings["hashOn"]>): HashOfRequest {
  const part = partOf(on);
  return (exchange) => {
    const value = part(exchange);
    return value === undefined || value === "" ? undefined : hashText(value);
  };
}

function partOf(on: NonNullable<LoadBalancerSettings["hashOn"]>): (exchange: Exchange) => string | undefined {
  if ("header" in on) {
    const name = on.header.toLowerCase();
    return (exchange) => exchange.header(name);
  }
  const reader = new RequestReader();
  if ("cookie" in on) return (exchange) => reader.cookie(exchange, on.cookie);
  if ("query" in on) return (exchange) => reader.parameter(exchange, on.query);
  // A caller without a sidecar is known by its address alone.
  return ({ source, sourceAddress }) =>
    source.namespace === "" ? sourceAddress : `${source.namespace}/${source.service}`;
}
