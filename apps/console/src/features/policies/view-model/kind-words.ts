import type { PolicyKind } from "@weir/domain";

/** What each kind is called, and what it does, in the order people meet them. */
export const kindWords: Readonly<Record<PolicyKind, { readonly name: string; readonly does: string }>> = {
  route: { name: "Route", does: "sends requests by path, method or header; redirects, retries, times out" },
  canary: { name: "Canary", does: "shares requests between versions" },
  rateLimit: { name: "Rate limit", does: "answers 429 to what is more than agreed" },
  authorization: { name: "Authorization", does: "says who may ask for what" },
  circuitBreaker: { name: "Circuit breaker", does: "bounds what is under way at once" },
  outlierDetection: { name: "Outlier detection", does: "leaves failing endpoints out for a while" },
  loadBalancer: { name: "Load balancer", does: "chooses among endpoints" },
};
