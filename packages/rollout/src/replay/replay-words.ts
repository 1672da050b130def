import { spanWords, stepWords } from "../decide/words.ts";
import type { RolloutPlan } from "../plan/plan.ts";
import { type Degradation, isHealthy } from "./degradation.ts";
import type { PlanReplay, Spread } from "./replay-plan.ts";

/**
 * The answer in one sentence: `A canary that fails 2 points more often would have been caught after 3 min 20 s at 10 %; 412 requests
 * would have suffered, 51,000 had all gone to it at once.`
 */
export function replaySentence(plan: RolloutPlan, degradation: Degradation, replay: PlanReplay): string {
  return isHealthy(degradation) ? healthySentence(replay) : harmedSentence(plan, degradation, replay);
}

/** `a canary that fails 2 points more often and takes 1.5 times as long, from 25 % on`. */
export function degradationWords(
  { errors, latency, fromStep = 0 }: Degradation,
  { steps }: RolloutPlan,
): string {
  const does = [
    errors && ("points" in errors ? errors.points > 0 : errors.times > 1)
      ? `fails ${"points" in errors ? `${number(errors.points * 100)} points more often` : `${number(errors.times)} times as often`}`
      : undefined,
    latency && ("times" in latency ? latency.times > 1 : latency.addedMs > 0)
      ? `takes ${"times" in latency ? `${number(latency.times)} times as long` : `${spanWords(latency.addedMs)} longer`}`
      : undefined,
  ].filter((part) => part !== undefined);
  if (does.length === 0) return "a canary as good as the baseline";
  const step = steps[fromStep];
  const from = fromStep > 0 && step !== undefined ? `, from ${stepWords(step)} on` : "";
  return `a canary that ${does.join(" and ")}${from}`;
}

/** What else is to be said of a replay, each in a sentence: what it leaves open, and what it was made of. */
export function replayNotes(plan: RolloutPlan, degradation: Degradation, replay: PlanReplay): string[] {
  const { waiting, windowMs, lengthMs, stopped, passed, runs } = replay;
  const times = lengthMs / windowMs;
  const harmful = !isHealthy(degradation);
  return [
    waiting &&
      `In ${of(waiting.runs, runs)} it was not over after ${spanWords(lengthMs)}: ${waiting.reason}.`,
    harmful && passed > 0 && `In ${of(passed, runs)} it passed unseen.`,
    stopped > 0 && `In ${of(stopped, runs)} it paused for somebody to look.`,
    times > 1 &&
      `The window is shorter than the plan: its ${spanWords(windowMs)} came ${number(Number(times.toFixed(1)))} times.`,
    harmful && replay.straight.suffered === 0 && "On these requests that does no harm that could be seen.",
    ...assumptions(plan, replay),
  ].filter((note) => typeof note === "string");
}

/** What the requests of the past cannot tell. */
function assumptions(
  { steps, testers, checks }: RolloutPlan,
  { matchedShare }: PlanReplay,
): (string | false)[] {
  return [
    steps.some((step) => "match" in step) &&
      `What a match chooses is taken to be ${number(matchedShare * 100)} % of the requests.`,
    testers !== undefined && "Testers' requests are not told apart.",
    checks.queries.length + checks.webhooks.length > 0 && "Queries and webhooks are taken as passed.",
    steps.some(({ approval }) => approval) && "Approvals are taken as given at once.",
  ];
}

/** `3 min 20 s`, `27 min`. */
export function momentWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120 || seconds >= 600 || seconds % 60 === 0) return spanWords(ms);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function healthySentence({ passedMs, passed, takenBack, runs, lengthMs }: PlanReplay): string {
  const wrongly = takenBack === 0 ? "" : `, and been taken back wrongly in ${of(takenBack, runs)}`;
  if (passedMs === undefined)
    return `A canary as good as the baseline would not have come to its end within ${spanWords(lengthMs)}${wrongly}.`;
  const often = passed === runs ? "" : ` in ${of(passed, runs)}`;
  return `A canary as good as the baseline would have come to its end after ${between(passedMs)}${often}${wrongly}.`;
}

function harmedSentence(plan: RolloutPlan, degradation: Degradation, replay: PlanReplay): string {
  const { caughtMs, caught, runs, unfinished, lengthMs, suffered, straight } = replay;
  const who = degradationWords(degradation, plan);
  const few = suffered.median === 1 ? "1 request" : `${count(suffered.median)} requests`;
  const harm = `${few} would have suffered, ${count(straight.suffered)} had all gone to it at once`;
  if (caughtMs === undefined)
    return unfinished === runs
      ? `${capital(who)} would neither have been caught nor have passed within ${spanWords(lengthMs)}; ${harm}.`
      : `${capital(who)} would not have been caught; ${harm}.`;
  const often = caught.length === runs ? "" : ` in ${of(caught.length, runs)},`;
  const step = plan.steps[usualStep(caught)]!;
  return `${capital(who)} would have been caught${often} after ${momentWords(caughtMs.median)} at ${stepWords(step)}; ${harm}.`;
}

function usualStep(caught: PlanReplay["caught"]): number {
  const [most] = [...Map.groupBy(caught, ({ step }) => step)].sort(([, a], [, b]) => b.length - a.length);
  return most![0];
}

function between({ median, p10, p90 }: Spread): string {
  const [low, middle, high] = [p10, median, p90].map(momentWords);
  return low === high ? middle! : `${middle} (${low} to ${high})`;
}

function of(some: number, all: number): string {
  return `${some} of ${all} runs`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
