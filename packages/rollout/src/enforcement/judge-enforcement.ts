import { bucketLowerBound } from "@weir/domain";
import { type Arm, shareOf } from "../analysis/arm.ts";
import { isAbove, type Stretch } from "../analysis/limit-test.ts";
import { spanWords } from "../decide/words.ts";
import { checkWords } from "./enforcement-words.ts";
import { type GuardTest, guardTests, levelOfEach } from "./guard-test.ts";
import { type Caller, fewestRequests } from "./prediction.ts";
import type { EnforcementWatch, WatchProgress } from "./watch-progress.ts";

/** What one question has come to: of whom it is, what was predicted, what may be, and what was seen. Shares from 0 to 1. */
export interface GuardCheck {
  readonly kind: GuardTest["kind"];
  readonly namespace: string;
  /** The policy's name for `acts`, the service's for the others. */
  readonly name: string;
  /** Of `acts`: whose requests; undefined: everybody's. */
  readonly callers: readonly Caller[] | undefined;
  /** Of `slow`: requests that took longer are slow. */
  readonly slowMs: number | undefined;
  /** Undefined without requests. */
  readonly predicted: number | undefined;
  readonly limit: number;
  readonly seen: Arm;
  readonly tripped: boolean;
  /** What tripped it, where it is less than all: the newest requests, together above the limit. */
  readonly above?: Stretch | undefined;
}

export interface EnforcementVerdict {
  /** `end`: the watch is over and nothing could be said; policies stay enforced. */
  readonly action: "watch" | "keep" | "takeBack" | "end";
  /** For people: why, in words. */
  readonly reason: string;
  /** What it was decided on. */
  readonly checks: readonly GuardCheck[];
}

/**
 * What follows from what was seen. Pure: of the same watch, progress and time the same verdict, so that whoever was ended
 * before it was stored makes it again. Stale evidence neither takes back nor lets go.
 */
export function judgeEnforcement(
  watch: EnforcementWatch,
  progress: WatchProgress,
  nowMs: number,
): EnforcementVerdict {
  const { budget } = watch;
  const checks = guardChecks(watch, progress);
  const say = (action: EnforcementVerdict["action"], reason: string) => ({ action, reason, checks });
  const overdue = progress.ranMs > budget.maxDurationMs;
  const end = (why: string) =>
    say(
      "end",
      `not enough evidence within ${spanWords(budget.maxDurationMs)}: ${why}. Nobody watches any more`,
    );
  const stale = staleness(progress, budget.staleAfterMs, nowMs);
  if (stale !== undefined) return overdue ? end(stale) : say("watch", stale);
  const tripped = checks.filter((check) => check.tripped);
  if (tripped.length > 0)
    return say("takeBack", `taken back. ${tripped.slice(0, 3).map(checkWords).join("; ")}`);
  if (progress.held)
    return overdue ? end("the mesh is on hold") : say("watch", "the mesh is on hold: no policy acts");
  const leftMs = budget.forMs - progress.watchedMs;
  const missing = missingWords(watch, progress);
  if (missing !== undefined && leftMs <= 0)
    return overdue ? end(missing) : say("watch", `not enough evidence: ${missing}`);
  if (leftMs > 0)
    return overdue
      ? end("telemetry came too seldom")
      : say("watch", `as predicted, watched for ${spanWords(leftMs)} more`);
  return say("keep", `kept: as predicted over ${spanWords(progress.watchedMs)}`);
}

export function guardChecks(
  { prediction, budget }: EnforcementWatch,
  { tests }: WatchProgress,
): GuardCheck[] {
  const asked = guardTests(prediction, budget);
  const level = levelOfEach(budget, asked.length);
  return asked.map((test, at) => {
    const { seen, ...state } = tests[at]!;
    const whose =
      test.kind === "acts" ? prediction.policies[test.policy]! : prediction.services[test.service]!;
    const tripped =
      seen.requests >= fewestRequests && isAbove({ seen, ...state }, { level, horizonMs: budget.forMs });
    return {
      ...{ kind: test.kind, namespace: whose.namespace, name: "name" in whose ? whose.name : whose.service },
      callers: test.kind === "acts" ? test.callers : undefined,
      slowMs: test.kind === "slow" ? bucketLowerBound(test.bucket + 1) * 1_000 : undefined,
      ...{ predicted: shareOf(test.predicted), limit: test.limit, seen, tripped },
      ...(tripped && state.above && state.above.requests < seen.requests && { above: state.above }),
    };
  });
}

function staleness({ toMs }: WatchProgress, staleAfterMs: number, nowMs: number): string | undefined {
  if (toMs === undefined) return "no evidence yet";
  const ageMs = nowMs - toMs;
  if (ageMs > staleAfterMs) return `evidence is stale: nothing was heard for ${spanWords(ageMs)}`;
  if (ageMs < -staleAfterMs) return `evidence is ${spanWords(-ageMs)} ahead of the clock`;
  return undefined;
}

/** The first policy that too few requests have met. Where seldom any were judged before, fewer will do. */
function missingWords(
  { prediction, budget }: EnforcementWatch,
  { policies }: WatchProgress,
): string | undefined {
  for (const [at, { namespace, name, evaluated, unheard }] of prediction.policies.entries()) {
    // A watch of before there was this goes on by what it began with.
    const isKnown = unheard === undefined ? evaluated > 0 : evaluated >= fewestRequests;
    const windowMs = Math.max(1, prediction.toMs - prediction.fromMs);
    const expected = isKnown ? Math.ceil((evaluated / windowMs) * budget.forMs * 0.1) : fewestRequests;
    const missing = Math.max(1, Math.min(fewestRequests, expected)) - policies[at]!.evaluated;
    if (missing > 0)
      return `policy ${namespace}/${name} has judged ${policies[at]!.evaluated === 0 ? "no request" : "too few requests"} since, needs ${missing} more`;
  }
  return undefined;
}
