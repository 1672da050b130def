import type { RetrySettings } from "./settings.ts";

export interface HeaderValue {
  readonly name: string;
  readonly value: string;
}

/** Edits of one side's headers, in this order: `remove`, then `set` (replaces), then `add` (keeps what is there). */
export interface HeaderEdits {
  readonly set: readonly HeaderValue[];
  readonly add: readonly HeaderValue[];
  /** Lower case. */
  readonly remove: readonly string[];
}

/** Ends the request before it reaches any upstream. */
export interface Refusal {
  readonly status: 403 | 429;
  readonly by: "authorization" | "rateLimit";
  readonly policy: string;
}

export interface Redirect {
  readonly status: number;
  /** Value of `Location`, as it is to be sent. */
  readonly location: string;
}

/** First the delay, then, when there is one, the abort instead of the upstream's answer. */
export interface Fault {
  readonly delayMs?: number;
  readonly abort?: { readonly status: number } | { readonly grpcStatus: number };
}

/** What enforced policies change about one request. Absent members change nothing. Never altered once made. */
export interface RequestAction {
  readonly refuse?: Refusal;
  readonly redirect?: Redirect;
  readonly fault?: Fault;
  readonly requestHeaders?: HeaderEdits;
  readonly responseHeaders?: HeaderEdits;
  /** `path` is the whole new path without the query, which stays as it came. */
  readonly rewrite?: { readonly path?: string; readonly host?: string };
  /** Version that gets a copy of the request; its answer is thrown away. */
  readonly mirrorVersion?: string;
  /** A cookie that the caller is given with the answer: a value of `Set-Cookie`. */
  readonly setCookie?: string;
  /** From the complete request to the complete answer, retries included. */
  readonly timeoutMs?: number;
  readonly retry?: RetrySettings;
}

/** The action of a policy that refuses; made with the policy, the same for all whom it refuses. */
export function refusalBy(by: Refusal["by"], policy: string): RequestAction {
  return Object.freeze({ refuse: Object.freeze({ status: by === "authorization" ? 403 : 429, by, policy }) });
}
