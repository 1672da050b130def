/**
 * The mesh's nouns, and the pure functions that match a request and decide about it.
 *
 * Every process imports this package and nothing here does I/O, reads a clock or draws a random number by
 * itself: both are passed in. Start at `service/` and `policy/` for what can be written down, at `snapshot/`
 * for what a sidecar receives, and at `decision/` for the one evaluator that the sidecar runs on its request
 * path and the console runs over stored requests.
 */
export * from "./author/own-author.ts";
export * from "./authorization/authorization-spec.ts";
export * from "./authorization/spared-verdict.ts";
export * from "./cells.ts";
export * from "./circuit-breaker/circuit-breaker.ts";
export * from "./circuit-breaker/circuit-breaker-spec.ts";
export * from "./control/messages.ts";
export * from "./decision/decide.ts";
export * from "./decision/decision.ts";
export * from "./decision/judge-answer.ts";
export * from "./decision/request-action.ts";
export * from "./decision/resilience.ts";
export * from "./decision/settings.ts";
export * from "./decision/watched-rule.ts";
export * from "./duration/read-duration.ts";
export * from "./finding/finding.ts";
export * from "./finding/finding-catalogue.ts";
export * from "./histogram/exponential-histogram.ts";
export * from "./load-balancer/load-balancer.ts";
export * from "./load-balancer/load-balancer-spec.ts";
export * from "./match/hash-text.ts";
export { RegexRefused } from "./match/parse-regex.ts";
export { compileSearch, type RegexSearch } from "./match/regex-search.ts";
export * from "./match/request-facts.ts";
export { RequestReader } from "./match/request-reader.ts";
export * from "./mode/mode.ts";
export * from "./mode/mode-in-config.ts";
export * from "./mode/mode-switch.ts";
export * from "./notification/audit-sentence.ts";
export * from "./notification/notification.ts";
export * from "./notification/notification-of-change.ts";
export * from "./notification/notification-topic.ts";
export * from "./outlier-detection/host-health.ts";
export * from "./outlier-detection/outlier-detection.ts";
export * from "./outlier-detection/outlier-detection-settings.ts";
export * from "./outlier-detection/outlier-detection-spec.ts";
export * from "./policy/backend-lists.ts";
export * from "./policy/canary.ts";
export * from "./policy/fault-spec.ts";
export * from "./policy/header-edits-spec.ts";
export * from "./policy/neighbours.ts";
export * from "./policy/pick-backend.ts";
export * from "./policy/policy.ts";
export * from "./policy/rewrite-spec.ts";
export * from "./policy/route.ts";
export * from "./policy/text-match.ts";
export { type ObservedCall, retryChainFindings } from "./policy/traffic/retry-chain-findings.ts";
export type { ObservedRequests, TrafficEvidence } from "./policy/traffic/traffic-evidence.ts";
export * from "./policy/traffic/traffic-findings.ts";
export { type UncoveredService, uncoveredServices } from "./policy/uncovered-services.ts";
export * from "./policy/validate-policy.ts";
export * from "./policy/weighted-backend.ts";
export * from "./preview/count-range.ts";
export * from "./preview/policy-replay.ts";
export { effectOfVerdict, type PreviewEffect, previewEffects } from "./preview/preview-effect.ts";
export * from "./rate-limit/rate-limit-spec.ts";
export * from "./rate-limit/token-bucket.ts";
export * from "./release.ts";
export * from "./retry/retry.ts";
export * from "./retry/retry-budget.ts";
export * from "./retry/retry-spec.ts";
export * from "./retry/try-answer.ts";
export * from "./service/compare-versions.ts";
export * from "./service/hosts.ts";
export * from "./service/names.ts";
export * from "./service/service.ts";
export * from "./service/service-id.ts";
export * from "./service/socket-address.ts";
export * from "./service/stable-version.ts";
export * from "./signals/attributes.ts";
export * from "./snapshot/compile-snapshot.ts";
export * from "./snapshot/snapshot.ts";
export * from "./span-graph/graph-changes.ts";
export * from "./span-graph/graph-of-trace.ts";
export type * from "./span-graph/graph-span.ts";
export * from "./span-graph/peer-of.ts";
export * from "./span-graph/span-edge.ts";
export * from "./text/storable.ts";
export * from "./validation-error.ts";
export * from "./window/window.ts";
export * from "./window/window-text.ts";
