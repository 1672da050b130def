import fc from "fast-check";
import { expect, test } from "vitest";
import { drawHits } from "../testing/draw-hits.ts";
import { planOf } from "../testing/plans.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { signals, tick } from "../testing/signals.ts";
import { type Analysis, followRollout, observeTick, startAnalysis } from "./analysis.ts";
import { judge } from "./evidence.ts";
import { analysisSettings } from "./settings.ts";

const guards = [
  { kind: "errorBudget" as const, objective: 0.99, burnRate: 10 },
  { kind: "latency" as const, quantile: 0.99, limitMs: 500 },
];
const checks = { successRate: {}, latency: {}, sampleRatio: {}, guards };
const settings = analysisSettings(planOf({ checks }));

/** Ticks of a hundred canary requests and nine hundred of the baseline, alike but for what is given of the canary. */
function after(ticks: number, { failures = 1, slow = 1 } = {}, from = startAnalysis(settings)): Analysis {
  let analysis = from;
  const first = Math.round((from.toMs ?? 0) / 10_000);
  for (let n = first; n < first + ticks; n++)
    analysis = observeTick(
      analysis,
      tick(n, signals(100, failures, slow), signals(900, 9, 9), 0.1),
      settings,
    );
  return analysis;
}

const verdicts = (analysis: Analysis) =>
  judge(analysis, settings).comparisons.map(({ check, verdict }) => `${check} ${verdict}`);

test("the plan's level is shared out over its five tests", () => {
  expect(settings.successRate?.level).toBeCloseTo(0.002, 12);
  expect(settings.guards.map(({ level, limit }) => [level, limit])).toEqual([
    [expect.closeTo(0.002, 12), expect.closeTo(0.1, 12)],
    [expect.closeTo(0.002, 12), expect.closeTo(0.01, 12)],
  ]);
});

test("alike versions pass, and nothing is held against them", () => {
  const evidence = judge(after(60), settings);
  expect(verdicts(after(60))).toEqual(["successRate no worse", "latency no worse"]);
  expect(evidence.sampleRatio).toMatchObject({ mismatch: false, assigned: expect.closeTo(0.1, 12) });
  expect(evidence.guards.map(({ tripped }) => tripped)).toEqual([false, false]);
  expect(evidence).toMatchObject({ step: 0, toMs: 600_000, requestsInStep: 6_000 });
  expect(JSON.parse(JSON.stringify(evidence)).comparisons).toHaveLength(2);
});

test("failures and slowness are told apart", () => {
  expect(verdicts(after(12, { failures: 10 }))[0]).toBe("successRate worse");
  expect(verdicts(after(12, { failures: 10 }))[1]).not.toBe("latency worse");
  expect(verdicts(after(12, { slow: 10 }))[1]).toBe("latency worse");
});

test("slow is what is slower than nearly all of the baseline's requests were", () => {
  const slowMs = judge(after(20), settings).comparisons[1]?.slowMs;
  expect(slowMs).toBeGreaterThan(50);
  expect(slowMs).toBeLessThan(1_000);
});

test("latency waits for a threshold, unless the baseline is known from before", () => {
  const [one] = [tick(0, signals(100, 0, 50), signals(900, 0, 0), 0.1)];
  expect(observeTick(startAnalysis(settings), one, settings).latency?.all.canary.requests).toBe(0);
  const known = startAnalysis(settings, signals(1_000).durations);
  expect(observeTick(known, one, settings).latency?.all.canary).toEqual({ requests: 100, hits: 50 });
});

test("a tick that comes again, or one before the last, changes nothing", () => {
  const analysis = after(10);
  const again = tick(9, signals(100, 90, 90), signals(900), 0.1);
  expect(observeTick(analysis, again, settings)).toBe(analysis);
  expect(observeTick(analysis, { ...again, toMs: 200_000 }, settings)).toBe(analysis);
});

test("the same step again changes nothing, another one begins anew, however often it is said", () => {
  const analysis = after(60);
  expect(followRollout(analysis, { step: 0, round: 0 })).toEqual(analysis);
  const next = followRollout(analysis, { step: 1, round: 0 });
  expect(verdicts(next)).toEqual(["successRate not enough evidence", "latency not enough evidence"]);
  expect(next.requestsInStep).toBe(0);
  expect(next.latency?.threshold).toEqual(analysis.latency?.threshold);
  expect(followRollout(next, { step: 1, round: 0 })).toEqual(next);
});

test("harm is remembered over steps", () => {
  const bad = followRollout(after(4, { failures: 4 }), { step: 1, round: 0 });
  expect(judge(bad, settings).comparisons[0]?.harm.evidence).toBeGreaterThan(2);
});

test("whoever lets a rollout go on begins to count its split anew", () => {
  const analysis = after(60);
  expect(
    judge(followRollout(analysis, { step: 0, round: 1 }), settings).sampleRatio?.observed,
  ).toBeUndefined();
});

test("the split is not judged while weights change", () => {
  const moving = observeTick(startAnalysis(settings), tick(0, signals(500), signals(500)), settings);
  expect(judge(moving, settings).sampleRatio?.observed).toBeUndefined();
});

test("requests that a match chose are not compared, and guarded all the same", () => {
  const matched = planOf({
    checks,
    steps: [
      { match: [{ headers: [{ name: "x-tester", present: true }] }], forMs: 0 },
      { weight: 100, forMs: 0 },
    ],
  });
  const chosen = analysisSettings(matched);
  let analysis = startAnalysis(chosen);
  for (let n = 0; n < 20; n++)
    analysis = observeTick(analysis, tick(n, signals(100, 40), signals(900)), chosen);
  const evidence = judge(analysis, chosen);
  expect(evidence.comparisons[0]?.all.canary.requests).toBe(0);
  expect(evidence.guards[0]).toMatchObject({ tripped: true, requests: 2_000, observed: 0.4 });
});

test.each`
  ticks | requests | failures | slow | tripped
  ${1}  | ${3}     | ${3}     | ${3} | ${[false, false]}
  ${6}  | ${3}     | ${3}     | ${3} | ${[false, false]}
  ${8}  | ${3}     | ${3}     | ${3} | ${[true, true]}
  ${1}  | ${1_000} | ${990}   | ${0} | ${[false, false]}
  ${2}  | ${1_000} | ${990}   | ${0} | ${[true, false]}
  ${3}  | ${1_000} | ${990}   | ${0} | ${[true, false]}
  ${60} | ${100}   | ${10}    | ${1} | ${[false, false]}
  ${60} | ${100}   | ${5}     | ${8} | ${[false, true]}
  ${20} | ${100}   | ${30}    | ${1} | ${[true, false]}
`(
  "guards of 10 % failed and 1 % over 500 ms, $ticks ticks of $requests, $failures failed, $slow slow: $tripped",
  ({ ticks, requests, failures, slow, tripped }) => {
    let analysis = startAnalysis(settings);
    for (let n = 0; n < ticks; n++)
      analysis = observeTick(
        analysis,
        tick(n, signals(requests, failures, slow), signals(900), 0.1),
        settings,
      );
    expect(judge(analysis, settings).guards.map((guard) => guard.tripped)).toEqual(tripped);
  },
);

test("a guard that is broken late says what broke it, which is above its limit", () => {
  const after = (analysis: Analysis, from: number, ticks: number, failures: number) =>
    Array.from({ length: ticks }, (_, n) =>
      tick(from + n, signals(120, failures, 0), signals(0), undefined),
    ).reduce((before, one) => observeTick(before, one, settings), analysis);
  const healthy = after(startAnalysis(settings), 0, 36, 0);
  expect(judge(healthy, settings).guards[0]).not.toHaveProperty("above");
  const [broken] = judge(after(healthy, 36, 8, 24), settings).guards;
  expect(broken).toMatchObject({ tripped: true, above: { requests: 960, hits: 192 } });
  expect(broken?.observed).toBeLessThan(broken!.limit);
});

test("a limit that is passed four times over is found within three looks, nearly always, however long all was well before", () => {
  const plan = planOf({ checks: { guards: [{ kind: "errorBudget", objective: 0.99, burnRate: 5 }] } });
  const guarded = analysisSettings(plan);
  const random = seededRandom(11);
  const looksUntil = (healthy: number) => {
    let analysis = startAnalysis(guarded);
    for (let n = 0; ; n++) {
      const failures = drawHits(120, n < healthy ? 0.005 : 0.2, random);
      analysis = observeTick(analysis, tick(n, signals(120, failures), signals(0), undefined), guarded);
      if (judge(analysis, guarded).guards[0]?.tripped) return n + 1 - healthy;
    }
  };
  const looks = Array.from({ length: 50 }, () => [looksUntil(0), looksUntil(36), looksUntil(180)]);
  expect(Math.min(...looks.flat())).toBe(2);
  expect(Math.max(...looks.flat())).toBeLessThanOrEqual(4);
  expect(looks.flat().filter((count) => count > 3).length).toBeLessThan(0.05 * 150);
});

test("whatever comes, requests above its limit stand beside every broken guard", () => {
  const failures = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(failures, (course) => {
      let analysis = startAnalysis(settings);
      for (const [n, failed] of course.entries()) {
        analysis = observeTick(analysis, tick(n, signals(60, failed), signals(0), undefined), settings);
        const { tripped, above, limit } = judge(analysis, settings).guards[0]!;
        expect(above !== undefined).toBe(tripped);
        if (above) expect(above.hits / above.requests).toBeGreaterThan(limit);
      }
    }),
  );
});

test("kept as JSON an analysis goes on as if nothing had happened", () => {
  const half = after(20, { failures: 2, slow: 2 });
  const kept: Analysis = JSON.parse(JSON.stringify(half));
  expect(judge(after(20, {}, kept), settings)).toEqual(judge(after(20, {}, half), settings));
});
