import type { Matcher } from "../../match/compile-match.ts";
import { StoredFacts, type StoredRequest } from "../../preview/stored-facts.ts";

/** Requests that agree in all that an access log keeps of what was asked, packed: when each began, and how long it took. */
export interface ObservedRequests extends StoredRequest {
  /** Milliseconds after the window's start, in no particular order. */
  readonly atMs: Int32Array;
  /** In the order of `atMs`. */
  readonly durationUs: Int32Array;
}

/** What was observed of the requests to one service in a window. */
export interface TrafficEvidence {
  readonly windowMs: number;
  readonly requests: readonly ObservedRequests[];
  /** Of the service, as far as known: a rate limit has a bucket in each. At least 1. */
  readonly sidecars: number;
}

/** Whether a stored request meets a condition. unknown: it asks for what no log keeps, such as a header. */
export type Met = "yes" | "no" | "unknown";

/** Asks conditions about stored requests. */
export class EvidenceReader {
  readonly #facts = new StoredFacts();

  isMet(matches: Matcher, request: StoredRequest): Met {
    this.#facts.show(request);
    const met = matches(this.#facts);
    if (this.#facts.missing.size > 0) return "unknown";
    return met ? "yes" : "no";
  }

  /** By any of the conditions. */
  isAnyMet(conditions: readonly Matcher[], request: StoredRequest): Met {
    let any: Met = "no";
    for (const matches of conditions) {
      const met = this.isMet(matches, request);
      if (met === "yes") return met;
      if (met === "unknown") any = met;
    }
    return any;
  }
}

export function countOf(requests: readonly ObservedRequests[]): number {
  return requests.reduce((sum, { atMs }) => sum + atMs.length, 0);
}

/** `shop/web`, or what callers without a sidecar are called. */
export function callerOf({ source: { namespace, service } }: StoredRequest): string {
  return namespace === "" ? "outside the mesh" : `${namespace}/${service}`;
}

/** `the last 10 minutes`. */
export function windowWords({ windowMs }: TrafficEvidence): string {
  return `the last ${Math.round(windowMs / 60_000)} minutes`;
}
