const toV2 = [{ version: "v2", weight: 100 }];
const always = { percent: 100 };

/**
 * Policies of every kind about `backend`, each of which would change every request if it were enforced: denied,
 * limited, redirected, rewritten, edited, delayed, aborted, mirrored, timed out, tried again, sent elsewhere, refused
 * by a breaker, kept from an ejected endpoint.
 */
export const observedPolicies: readonly Record<string, unknown>[] = [
  { kind: "authorization", name: "deny", action: "deny", rules: [{}] },
  { kind: "authorization", name: "allow-none", action: "allow", rules: [] },
  { kind: "rateLimit", name: "limit", maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 3_600_000 },
  { kind: "canary", name: "canary", backends: toV2 },
  {
    kind: "circuitBreaker",
    name: "breaker",
    maxConnections: 0,
    maxPendingRequests: 0,
    maxRequests: 0,
    maxRetries: 0,
  },
  { kind: "outlierDetection", name: "outliers", consecutive5xx: 1, maxEjectionPercent: 100 },
  { kind: "loadBalancer", name: "balancer", algorithm: "maglev", hashOn: { header: "X-a" } },
  ...[
    { redirect: { host: "elsewhere.example" } },
    { fault: { delay: { ms: 60_000, ...always }, abort: { status: 500, ...always } } },
    { backends: toV2, rewrite: { host: "elsewhere.example", path: { full: "/elsewhere" } } },
    {
      requestHeaders: { set: [{ name: "X-a", value: "changed" }], remove: ["x-z"] },
      responseHeaders: { set: [{ name: "X-a", value: "changed" }], remove: ["x-b"] },
      mirror: { version: "v2", ...always },
    },
    { timeoutMs: 1 },
    {
      retry: { on: ["5xx", "retriable-4xx", 404], attempts: 10, perTryTimeoutMs: 1, backOff: { baseMs: 1 } },
    },
  ].map((rule, index) => ({ kind: "route", name: `route-${index}`, rules: [rule] })),
].map((policy) => ({ targetRef: "backend", ...policy }));
