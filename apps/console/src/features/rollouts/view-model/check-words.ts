import type { Checks, Compared, Guard, GuardVerdict, OtherCheck } from "@weir/rollout";
import { formatCount, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";

/** As told by its comparison: `success rate`, and what its requests that count did. */
export const checkWords: Readonly<
  Record<Compared["check"], { readonly name: string; readonly hit: string }>
> = {
  successRate: { name: "Success rate", hit: "failed" },
  latency: { name: "Latency", hit: "were slow" },
};

/** A difference of two shares in per cent points: `+0.6`, `-1.2`, `0`. */
export function pointsText(difference: number): string {
  const points = difference * 100;
  const size = Math.abs(points);
  const text = size >= 10 ? points.toFixed(0) : size >= 1 ? points.toFixed(1) : points.toFixed(2);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  if (Number(short) === 0) return "0";
  return points > 0 ? `+${short}` : short;
}

/**
 * `between -0.4 and +0.6 points`; what no bet has ruled out is said as such. An end at nothing of a canary that is worse is not nothing:
 * it is worse, and nobody knows yet by how little.
 */
export function intervalWords({ low, high }: Compared["interval"], verdict?: Compared["verdict"]): string {
  if (verdict === "worse" && low === 0)
    return high >= 0.9 ? "more than 0 points" : `more than 0, at most ${pointsText(high)} points`;
  if (low <= -0.9 && high >= 0.9) return "any difference is possible yet";
  if (low <= -0.9) return `at most ${pointsText(high)} points`;
  return high >= 0.9
    ? `at least ${pointsText(low)} points`
    : `between ${pointsText(low)} and ${pointsText(high)} points`;
}

/** `21 of 1,000 failed (2.1 %)`. */
export function armWords({ requests, hits }: Compared["all"]["canary"], check: Compared["check"]): string {
  if (requests === 0) return "no requests yet";
  return `${formatCount(hits)} of ${formatCount(requests)} ${checkWords[check].hit} (${formatShare(hits / requests)})`;
}

/** What a comparison can tell, and what it needs to tell more. */
export function powerWords({ smallestEffect, samplesNeeded, verdict, bunchSize, check }: Compared): string[] {
  return [
    smallestEffect !== undefined &&
      `The smallest effect it could have seen so far: ${pointsText(smallestEffect)} points.`,
    verdict === "not enough evidence" &&
      samplesNeeded !== undefined &&
      `Needs about ${formatCount(samplesNeeded)} more requests of the canary.`,
    bunchSize >= 1.5 &&
      `They ${check === "latency" ? "are slow" : "fail"} in bunches of about ${bunchSize.toFixed(bunchSize < 10 ? 1 : 0)}, which makes evidence grow slower.`,
  ].filter((words) => words !== false);
}

/** `error budget: at most 10 % may fail`. */
export function guardName(guard: Guard): string {
  return guard.kind === "errorBudget"
    ? `Error budget of ${formatShare(guard.objective)}, ${guard.burnRate} times as fast`
    : `${quantileText(guard.quantile)} below ${guard.limitMs} ms`;
}

/** `0.4 % of 1,200 fail, 5 % may`; of a broken one what broke it: `20 % of the last 829 (32 s) fail, 5 % may: broken; 2.4 % of 5,199 in all`. */
export function guardShareWords({ guard, tripped, requests, observed, limit, above }: GuardVerdict): string {
  if (observed === undefined) return "no requests yet";
  const what = guard.kind === "errorBudget" ? "fail" : "are slower";
  const may = `${what}, ${formatShare(limit)} may${tripped ? ": broken" : ""}`;
  const all = `${formatShare(observed)} of ${formatCount(requests)}`;
  if (above === undefined || above.requests === requests) return `${all} ${may}`;
  const last = `the last ${formatCount(above.requests)} (${formatSeconds(above.ms / 1_000)})`;
  return `${formatShare(above.hits / above.requests)} of ${last} ${may}; ${all} in all`;
}

/** Every check of a plan in a few words. */
export function checksWords({
  successRate,
  latency,
  sampleRatio,
  guards,
  queries,
  webhooks,
}: Checks): string[] {
  return [
    ...(successRate ? [`success rate, ${pointsText(successRate.margin)} points pass`] : []),
    ...(latency
      ? [`latency at ${quantileText(latency.quantile)}, ${pointsText(latency.margin)} points pass`]
      : []),
    ...(sampleRatio ? ["sample ratio"] : []),
    ...guards.map(guardName),
    ...queries.map(({ name }) => `query ${name}`),
    ...webhooks.map(({ name, when }) => `webhook ${name} (${when})`),
  ];
}

/** `p99`, `p99.9`. */
export function quantileText(quantile: number): string {
  return `p${Number((quantile * 100).toPrecision(4))}`;
}

export const outcomeWords: Readonly<Record<OtherCheck["outcome"], string>> = {
  pass: "passes",
  fail: "fails",
  unknown: "not known yet: holds",
};
