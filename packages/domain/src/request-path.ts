/**
 * The part of this package that a sidecar runs: pure functions and constants, no schema. It imports this entry, not the
 * index, because zod and its schemas would be a third of its resident memory.
 */
export { sparedVerdict } from "./authorization/spared-verdict.ts";
export * from "./cells.ts";
export * from "./circuit-breaker/circuit-breaker.ts";
export * from "./decision/decide.ts";
export * from "./decision/decision.ts";
export * from "./decision/judge-answer.ts";
export * from "./decision/request-action.ts";
export * from "./decision/resilience.ts";
export * from "./decision/settings.ts";
export * from "./decision/watched-rule.ts";
export * from "./histogram/exponential-histogram.ts";
export * from "./load-balancer/load-balancer.ts";
export * from "./match/hash-text.ts";
export { RegexRefused } from "./match/parse-regex.ts";
export * from "./match/request-facts.ts";
export { RequestReader } from "./match/request-reader.ts";
export * from "./outlier-detection/host-health.ts";
export * from "./outlier-detection/outlier-detection.ts";
export * from "./outlier-detection/outlier-detection-settings.ts";
export * from "./policy/backend-lists.ts";
export * from "./policy/pick-backend.ts";
export * from "./rate-limit/token-bucket.ts";
export * from "./retry/retry.ts";
export * from "./retry/retry-budget.ts";
export * from "./retry/try-answer.ts";
export * from "./service/hosts.ts";
export * from "./service/socket-address.ts";
export * from "./signals/attributes.ts";
export { changedContent } from "./snapshot/changed-snapshot.ts";
