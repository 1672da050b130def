/**
 * Rollouts apart from whoever runs them: what can be planned, what the traffic says, what is to be done next.
 *
 * Pure: clocks and counts are passed in, and everything that is to outlive a restart is plain data. Enter by `RolloutPlan`;
 * then, again and again, `followRollout` and `observeTick` take in what both versions did, `judge` says what that is worth and
 * `decide` what follows from it, and `canaryOf` the policy that has the request path do it. docs/rollout-analysis.md explains the statistics.
 */
export * from "./analysis/analysis.ts";
export type { Arm, Pair } from "./analysis/arm.ts";
export * from "./analysis/evidence.ts";
export { type Heard, unheard } from "./analysis/heard.ts";
export type { ComparisonVerdict, Verdict } from "./analysis/judge-comparison.ts";
export type { SampleRatioVerdict } from "./analysis/sample-ratio.ts";
export * from "./analysis/settings.ts";
export * from "./decide/command.ts";
export * from "./decide/decide.ts";
export * from "./decide/state.ts";
export { stepWords } from "./decide/words.ts";
export * from "./enforcement/gate.ts";
export * from "./enforcement/guard-budget.ts";
export * from "./enforcement/judge-enforcement.ts";
export * from "./enforcement/new-callers.ts";
export * from "./enforcement/prediction.ts";
export * from "./enforcement/watch-progress.ts";
export { durationFindings } from "./foresight/duration-findings.ts";
export * from "./foresight/foresee-plan.ts";
export * from "./plan/checks.ts";
export * from "./plan/external-checks.ts";
export * from "./plan/plan.ts";
export { replanFindings } from "./plan/replan-findings.ts";
export type { PresentRoute } from "./plan/route-findings.ts";
export { type StartingPoint, startFindings } from "./plan/start-findings.ts";
export * from "./plan/step.ts";
export type { PresentCanary } from "./plan/takeover-findings.ts";
export * from "./policy/canary-of.ts";
export * from "./replay/degradation.ts";
export * from "./replay/degradation-text.ts";
export * from "./replay/past-traffic.ts";
export * from "./replay/replay-plan.ts";
export { type CaughtBy, type RunEnd, replayRun } from "./replay/replay-run.ts";
export { type ReplayQuestion, replaySetting, runsWithin } from "./replay/replay-setting.ts";
export * from "./replay/replay-words.ts";
export * from "./replay/seeded-random.ts";
