import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawHits } from "../testing/draw-hits.ts";
import { enforcedTick, payments, predictionOf, watchOf, web } from "../testing/enforcements.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import type { GuardBudget } from "./guard-budget.ts";
import { judgeEnforcement } from "./judge-enforcement.ts";
import type { Prediction } from "./prediction.ts";
import {
  type EnforcementTick,
  elapseWatch,
  observeEnforcement,
  startWatch,
  type WatchProgress,
} from "./watch-progress.ts";

type Counts = Partial<Parameters<typeof enforcedTick>[1]>;

interface Given {
  readonly prediction?: Prediction;
  readonly budget?: Partial<GuardBudget>;
  readonly row?: Parameters<typeof enforcedTick>[2];
}

/** An hour of 36,000 requests of which none would have been denied, 36 failed and 36 took a second. */
const calm = predictionOf(36_000, 0, { failures: 36, slow: 36 });
const minute = { forMs: 60_000 };

/** So many ticks of 100 requests, and the verdict a second after the last. */
function after(
  ticks: number,
  counts: Counts = {},
  { prediction = calm, budget = minute, row = {} }: Given = {},
) {
  const watch = watchOf(prediction, budget);
  let progress = startWatch(watch, 0);
  for (let n = 0; n < ticks; n++)
    progress = observeEnforcement(progress, enforcedTick(n, { requests: 100, ...counts }, row), watch);
  return judgeEnforcement(watch, progress, ticks * 10_000 + 1_000);
}

describe("of whom hardly anything was known", () => {
  const thin = (evaluated: number, denied: number, unheard: readonly object[] = []): Prediction => {
    const prediction = predictionOf(evaluated, denied);
    return {
      ...prediction,
      policies: prediction.policies.map((policy) => ({ ...policy, unheard }) as typeof policy),
    };
  };
  const batch = { namespace: "shop", service: "batch" };

  test.each`
    prediction                  | counts             | row                  | action        | why
    ${thin(1, 0)}               | ${{ denied: 20 }}  | ${{}}                | ${"takeBack"} | ${"nobody agreed to a denial on one request"}
    ${thin(19, 0)}              | ${{ denied: 20 }}  | ${{}}                | ${"takeBack"} | ${"nor on nineteen"}
    ${thin(10, 10)}             | ${{ denied: 100 }} | ${{}}                | ${"keep"}     | ${"what was agreed to is no surprise"}
    ${thin(36_000, 0, [batch])} | ${{ denied: 20 }}  | ${{ source: batch }} | ${"takeBack"} | ${"an hourly job that is refused is no stranger"}
    ${thin(36_000, 0, [])}      | ${{ denied: 20 }}  | ${{ source: batch }} | ${"keep"}     | ${"a stranger is"}
  `("$why: $action", ({ prediction, counts, row, action }) => {
    expect(after(6, counts, { prediction, row }).action).toBe(action);
  });

  test("it is not kept before as many have come as tell anything", () => {
    const seldom = { ...minute, maxDurationMs: 3_600_000 };
    const given = { prediction: thin(1, 0), budget: seldom };
    expect(after(6, { requests: 3 }, given)).toMatchObject({
      action: "watch",
      reason: "not enough evidence: policy shop/who-may has judged too few requests since, needs 2 more",
    });
    expect(after(7, { requests: 3 }, given).action).toBe("keep");
  });
});

test.each`
  ticks | counts              | action        | reason
  ${0}  | ${{}}               | ${"watch"}    | ${/^no evidence yet$/}
  ${3}  | ${{}}               | ${"watch"}    | ${/^as predicted, watched for 30 s more$/}
  ${6}  | ${{}}               | ${"keep"}     | ${/^kept: as predicted over 60 s$/}
  ${6}  | ${{ denied: 1 }}    | ${"keep"}     | ${/kept/}
  ${2}  | ${{ denied: 50 }}   | ${"watch"}    | ${/40 s more/}
  ${6}  | ${{ denied: 50 }}   | ${"takeBack"} | ${/^taken back\. policy shop\/who-may: acted on 50 % of 600 requests of shop\/web, 0 % were predicted and 1 % may be$/}
  ${6}  | ${{ failures: 30 }} | ${"takeBack"} | ${/service shop\/payments: 30 % of 600 requests failed, 0\.1 % before/}
  ${6}  | ${{ slow: 30 }}     | ${"takeBack"} | ${/service shop\/payments: 30 % of 600 requests took longer than 155 ms, 0\.1 % before/}
  ${6}  | ${{ held: true }}   | ${"watch"}    | ${/on hold: no policy acts/}
  ${6}  | ${{ requests: 0 }}  | ${"watch"}    | ${/^as predicted, watched for 60 s more$/}
  ${6}  | ${{ requests: 3 }}  | ${"watch"}    | ${/too few requests since, needs 2 more$/}
`("$ticks ticks of $counts: $action", ({ ticks, counts, action, reason }) => {
  const verdict = after(ticks, counts);
  expect(verdict.reason).toMatch(reason);
  expect(verdict.action).toBe(action);
});

test("an allow beside one in force is not taken back for refusals that the other spoke before", () => {
  const opening = (of: Prediction): Prediction => ({
    ...of,
    policies: of.policies.map((policy) => ({ ...policy, onlyOpens: true })),
  });
  const refused = { denied: 50 };
  expect(after(6, refused).action).toBe("takeBack");
  expect(after(6, refused, { prediction: opening(calm) }).action).toBe("keep");
  expect(after(6, refused, { prediction: opening(predictionOf(0, 0)) }).action).toBe("keep");
  const failing = { ...refused, failures: 30 };
  expect(after(6, failing, { prediction: opening(calm) }).action, "its services are watched").toBe(
    "takeBack",
  );
});

test("what is taken back late is told by the requests that decided, which are above their limit", () => {
  const watch = watchOf(calm, { forMs: 3_600_000 });
  let progress = startWatch(watch, 0);
  const see = (n: number, denied: number) => {
    progress = observeEnforcement(progress, enforcedTick(n, { requests: 1_000, denied }), watch);
    return judgeEnforcement(watch, progress, (n + 1) * 10_000 + 1_000);
  };
  for (let n = 0; n < 60; n++) expect(see(n, 0).action).toBe("watch");
  let n = 60;
  let verdict = see(n, 100);
  while (verdict.action === "watch") verdict = see(++n, 100);
  const acts = verdict.checks.find(({ tripped }) => tripped);
  const looks = n - 59;
  expect(acts!.seen.hits / acts!.seen.requests).toBeLessThan(acts!.limit);
  expect(acts!.above).toEqual({ requests: looks * 1_000, hits: looks * 100, ms: looks * 10_000 });
  expect(verdict.reason).toContain(`acted on 10 % of the last ${looks * 1_000} requests (${looks * 10} s)`);
});

describe("a denial is held against the policy", () => {
  const none = predictionOf(0, 0);
  const half = predictionOf(2_000, 1_000);
  const stranger = { source: { namespace: "", service: "outside" } };
  test.each`
    what                                                | prediction | counts            | row                    | action
    ${"as far as it was not predicted"}                 | ${half}    | ${{ denied: 50 }} | ${{}}                  | ${"keep"}
    ${"where more were denied than predicted"}          | ${half}    | ${{ denied: 75 }} | ${{}}                  | ${"takeBack"}
    ${"where nothing was known of it"}                  | ${none}    | ${{ denied: 50 }} | ${{}}                  | ${"takeBack"}
    ${"unless strangers were, for that is its purpose"} | ${calm}    | ${{ denied: 50 }} | ${stranger}            | ${"keep"}
    ${"unless another revision did it"}                 | ${calm}    | ${{ denied: 50 }} | ${{ revision: 3 }}     | ${"watch"}
    ${"unless it was counted in observe"}               | ${calm}    | ${{ denied: 50 }} | ${{ mode: "observe" }} | ${"watch"}
  `("$what", ({ prediction, counts, row, action }) => {
    expect(after(6, counts, { prediction, row }).action).toBe(action);
  });

  test("and so are failures beyond those that it was predicted to cause", () => {
    const { policies, ...rest } = predictionOf(10_000, 1_000);
    const [policy] = policies;
    const overflow = [{ verdict: "overflow=requests", evaluated: 1_000, acts: 1_000 }];
    const breaker = { ...rest, policies: [{ ...policy!, verdicts: overflow }] };
    expect(after(6, { failures: 10 }, { prediction: breaker }).action).toBe("keep");
    expect(after(6, { failures: 10 }).action).toBe("takeBack");
  });
});

describe("a deny says nothing of what it does not match", () => {
  const [policy] = predictionOf(80, 80).policies;
  const callers = policy!.callers.map((caller) => ({ ...caller, requests: 240 }));
  const third: Prediction = { ...predictionOf(240, 0), policies: [{ ...policy!, requests: 240, callers }] };
  const unmet: Prediction = {
    ...third,
    policies: [{ ...policy!, evaluated: 0, acts: 0, requests: 240, callers: [] }],
  };
  const matched = (n: number, denied: number): EnforcementTick => ({
    ...enforcedTick(n, { requests: denied, denied }),
    asked: [
      { source: web, destination: payments, requests: 100 },
      { source: web, destination: { ...payments, service: "cart" }, requests: 900 },
    ],
  });
  const judged = (prediction: Prediction, denied: number) => {
    const watch = watchOf(prediction, minute);
    const ticks = Array.from({ length: 6 }, (_, n) => matched(n, denied));
    const progress = ticks.reduce(
      (seen, tick) => observeEnforcement(seen, tick, watch),
      startWatch(watch, 0),
    );
    return judgeEnforcement(watch, progress, 61_000);
  };

  test.each`
    denied | action
    ${30}  | ${"keep"}
    ${100} | ${"takeBack"}
  `("of all requests a third was predicted: at $denied % it is $action", ({ denied, action }) => {
    const { action: decided, checks } = judged(third, denied);
    expect(decided).toBe(action);
    expect(checks.find(({ kind }) => kind === "acts")).toMatchObject({
      ...{ callers: [web], predicted: 1 / 3, seen: { requests: 600, hits: 6 * denied } },
    });
  });

  test("where it matched nothing before, the budget is a share of all requests, too", () => {
    expect(judged(unmet, 1).checks[0]).toMatchObject({
      callers: undefined,
      seen: { requests: 600, hits: 6 },
    });
    expect(judged(unmet, 20).action).toBe("takeBack");
  });

  test("a watch of before there was this goes on by what was judged", () => {
    const { requests: _, ...old } = third.policies[0]!;
    expect(
      judged({ ...third, policies: [{ ...old, callers: policy!.callers }] }, 100).checks,
    ).not.toContainEqual(expect.objectContaining({ kind: "acts" }));
  });
});

describe("time", () => {
  const watch = watchOf(calm, minute);
  const bad = (n: number) => enforcedTick(n, { requests: 100, denied: 50 });
  const seen = (from: WatchProgress, count: number) =>
    Array.from({ length: count }, (_, n) => bad(n)).reduce(
      (progress, tick) => observeEnforcement(progress, tick, watch),
      from,
    );

  test.each`
    nowMs          | action        | reason
    ${60_000}      | ${"takeBack"} | ${/taken back/}
    ${90_000}      | ${"takeBack"} | ${/taken back/}
    ${90_001}      | ${"watch"}    | ${"evidence is stale: nothing was heard for 30 s"}
    ${86_400_000}  | ${"watch"}    | ${/stale/}
    ${-86_400_000} | ${"watch"}    | ${"evidence is 24 h ahead of the clock"}
  `("at $nowMs, a minute after the switch by its evidence: $action", ({ nowMs, action, reason }) => {
    const verdict = judgeEnforcement(watch, seen(startWatch(watch, 0), 6), nowMs);
    expect(verdict.reason).toMatch(reason);
    expect(verdict.action).toBe(action);
  });

  test("a tick that comes again, or one before the last, changes nothing", () => {
    const progress = seen(startWatch(watch, 0), 6);
    expect(observeEnforcement(progress, bad(5), watch)).toBe(progress);
    expect(observeEnforcement(progress, { ...bad(5), toMs: 90_000 }, watch)).toBe(progress);
  });

  test("kept as JSON it goes on as if nothing had happened", () => {
    const half = seen(startWatch(watch, 0), 3);
    expect(seen(JSON.parse(JSON.stringify(half)), 6)).toEqual(seen(half, 6));
  });

  test("a watch that learns nothing ends after a day that was lived through, not one that a clock jumped over", () => {
    const day = 86_400_000;
    const jumped = elapseWatch(elapseWatch(startWatch(watch, 0), watch, 2 * day), watch, 10_000);
    expect(jumped.ranMs).toBe(30_000);
    expect(judgeEnforcement(watch, jumped, 10_000).action).toBe("watch");
    expect(judgeEnforcement(watch, { ...jumped, ranMs: day + 1 }, 10_000)).toMatchObject({
      action: "end",
      reason: "not enough evidence within 24 h: no evidence yet. Nobody watches any more",
    });
  });
});

/** Watched every ten seconds until the end: the tick at which it was taken back, undefined where it was not. */
function watched(
  random: () => number,
  before: { requests: number; denied: number; failures: number },
  now: { denied: number; failures: number },
  budget: Partial<GuardBudget>,
): number | undefined {
  const { requests } = before;
  const prediction = predictionOf(requests, drawHits(requests, before.denied, random), {
    failures: drawHits(requests, before.failures, random),
    slow: drawHits(requests, 0.005, random),
  });
  const watch = watchOf(prediction, budget);
  let progress = startWatch(watch, 0);
  for (let n = 0; n < watch.budget.forMs / 10_000; n++) {
    const drawn = {
      denied: drawHits(200, now.denied, random),
      failures: drawHits(200, now.failures, random),
      slow: drawHits(200, 0.005, random),
    };
    progress = observeEnforcement(progress, enforcedTick(n, { requests: 200, ...drawn }), watch);
    if (judgeEnforcement(watch, progress, (n + 1) * 10_000).action === "takeBack") return n + 1;
  }
  return undefined;
}

describe("watched continuously", () => {
  const strict = { acts: 0, failures: 0, level: 0.05, forMs: 600_000 };

  test.each([100, 2_000, 20_000])(
    "what does as predicted by %d requests is taken back no more often than the level says, without any budget",
    (requests) => {
      const random = seededRandom(requests);
      const runs = 200;
      let takenBack = 0;
      for (let run = 0; run < runs; run++) {
        const shares = { denied: random() * 0.2, failures: random() * 0.05 };
        if (watched(random, { requests, ...shares }, shares, strict) !== undefined) takenBack++;
      }
      expect(takenBack).toBeLessThanOrEqual(runs * strict.level);
    },
  );

  test.each`
    denied  | failures | ticks
    ${0.05} | ${0.001} | ${12}
    ${0.5}  | ${0.001} | ${4}
    ${1}    | ${0.001} | ${3}
    ${0}    | ${0.1}   | ${6}
  `(
    "$denied denied and $failures failing, of 20 requests a second, is taken back within $ticks ticks",
    ({ ticks, ...now }) => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
          const random = seededRandom(seed);
          const at = watched(random, { requests: 20_000, denied: 0, failures: 0.001 }, now, {});
          expect(at).toBeLessThanOrEqual(ticks);
        }),
        { numRuns: 20 },
      );
    },
  );
});
