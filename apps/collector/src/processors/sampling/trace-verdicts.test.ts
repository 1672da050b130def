import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ObservedSpan } from "./span-condition.ts";
import { TailSamplingConfig } from "./tail-sampling-config.ts";
import { TraceVerdicts } from "./trace-verdicts.ts";

const idOf = (number: number): string => number.toString(16).padStart(32, "0");
const traceId = idOf(0xabc);
const span = (change: Partial<ObservedSpan> = {}): ObservedSpan => ({
  ...{ traceId, startMs: 1000, endMs: 1010, status: 0, attributes: {}, resource: {} },
  ...change,
});
const tail = (policies: object[], others: object = {}, onVerdict?: (verdict: string, by: string) => void) =>
  new TraceVerdicts({ config: TailSamplingConfig.parse({ policies, ...others }), onVerdict });
const named = (policies: object[]): object[] => policies.map((policy, i) => ({ name: `p${i}`, ...policy }));

const errors = { type: "status_code", status_code: { status_codes: ["ERROR"] } };
const slow = { type: "latency", latency: { threshold_ms: 100 } };
const between = { type: "latency", latency: { threshold_ms: 100, upper_threshold_ms: 200 } };
const text = (more: object) => ({
  type: "string_attribute",
  string_attribute: { key: "k", values: ["a"], ...more },
});
const number = (more: object) => ({ type: "numeric_attribute", numeric_attribute: { key: "k", ...more } });
const flag = { type: "boolean_attribute", boolean_attribute: { key: "k", value: true } };
const count = (min_spans: number, max_spans?: number) => ({
  type: "span_count",
  span_count: { min_spans, max_spans },
});
const and = (...parts: object[]) => ({ type: "and", and: { and_sub_policy: named(parts) } });
const drop = (...parts: object[]) => ({ type: "drop", drop: { drop_sub_policy: named(parts) } });
const always = { type: "always_sample" };
const k = (value: unknown) => ({ attributes: { k: value } });

describe("one trace", () => {
  test.each`
    policies                                                             | spans                                                               | verdict
    ${[always]}                                                          | ${[{}]}                                                             | ${"keep"}
    ${[errors]}                                                          | ${[{ status: 1 }, {}]}                                              | ${"drop"}
    ${[errors]}                                                          | ${[{ status: 1 }, { status: 2 }, {}]}                               | ${"keep"}
    ${[{ ...errors, status_code: { status_codes: ["UNSET", "OK"] } }]}   | ${[{ status: 2 }, { status: 1 }]}                                   | ${"keep"}
    ${[slow]}                                                            | ${[{ endMs: 1099 }]}                                                | ${"drop"}
    ${[slow]}                                                            | ${[{ endMs: 1100 }]}                                                | ${"keep"}
    ${[slow]}                                                            | ${[{ startMs: 1090, endMs: 1100 }, { startMs: 1000, endMs: 1001 }]} | ${"keep"}
    ${[between]}                                                         | ${[{ endMs: 1201 }]}                                                | ${"drop"}
    ${[between]}                                                         | ${[{ endMs: 1200 }]}                                                | ${"keep"}
    ${[text({})]}                                                        | ${[k("a")]}                                                         | ${"keep"}
    ${[text({})]}                                                        | ${[k("ab"), k(["a"]), {}]}                                          | ${"drop"}
    ${[text({})]}                                                        | ${[{ resource: { k: "a" } }]}                                       | ${"keep"}
    ${[text({ values: ["7", "true"] })]}                                 | ${[k(7)]}                                                           | ${"keep"}
    ${[text({ values: ["^/api", "x+"], enabled_regex_matching: true })]} | ${[k("/api/cart")]}                                                 | ${"keep"}
    ${[text({ values: ["^/api", "x+"], enabled_regex_matching: true })]} | ${[k("my/api"), k("y")]}                                            | ${"drop"}
    ${[text({ key: "http.method", values: ["GET"] })]}                   | ${[{ attributes: { "http.request.method": "GET" } }]}               | ${"keep"}
    ${[number({ min_value: 5, max_value: 7 })]}                          | ${[k(4), k(8), k("6")]}                                             | ${"drop"}
    ${[number({ min_value: 5, max_value: 7 })]}                          | ${[k(7)]}                                                           | ${"keep"}
    ${[number({ min_value: 5 })]}                                        | ${[k(5n)]}                                                          | ${"keep"}
    ${[number({ max_value: 5 })]}                                        | ${[k(5.5)]}                                                         | ${"drop"}
    ${[flag]}                                                            | ${[k(true)]}                                                        | ${"keep"}
    ${[flag]}                                                            | ${[k("true"), k(false)]}                                            | ${"drop"}
    ${[count(2)]}                                                        | ${[{}]}                                                             | ${"drop"}
    ${[count(2)]}                                                        | ${[{}, {}]}                                                         | ${"keep"}
    ${[count(1, 2)]}                                                     | ${[{}, {}, {}]}                                                     | ${"drop"}
    ${[errors, slow]}                                                    | ${[{ endMs: 1500 }]}                                                | ${"keep"}
    ${[and(errors, slow)]}                                               | ${[{ endMs: 1500 }]}                                                | ${"drop"}
    ${[and(errors, slow)]}                                               | ${[{ endMs: 1500 }, { status: 2 }]}                                 | ${"keep"}
    ${[and(always, text({ invert_match: true }))]}                       | ${[k("b"), {}]}                                                     | ${"keep"}
    ${[and(always, text({ invert_match: true }))]}                       | ${[k("b"), k("a")]}                                                 | ${"drop"}
    ${[always, drop(text({}))]}                                          | ${[k("a"), { status: 2 }]}                                          | ${"drop"}
    ${[drop(text({})), errors]}                                          | ${[k("b"), { status: 2 }]}                                          | ${"keep"}
    ${[drop(text({}), slow), always]}                                    | ${[k("a")]}                                                         | ${"keep"}
  `("of $spans is to $verdict by $policies", ({ policies, spans, verdict }) => {
    const verdicts = tail(named(policies));
    for (const one of spans) verdicts.observe(span(one));
    expect(verdicts.verdict(traceId, 0)).toBe(verdict);
  });
});

test("a share of traces is kept, another one with another salt", () => {
  const share = (salt: string) => {
    const verdicts = tail(
      named([{ type: "probabilistic", probabilistic: { sampling_percentage: 25, hash_salt: salt } }]),
      { num_traces: 4000 },
    );
    return Array.from({ length: 4000 }, (_, i) => {
      verdicts.observe(span({ traceId: idOf(i) }));
      return verdicts.verdict(idOf(i), 0);
    });
  };
  const [one, again, other] = [share("a"), share("a"), share("b")];
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  // Five standard deviations of a binomial distribution.
  expect(Math.abs(one.filter((verdict) => verdict === "keep").length - 1000)).toBeLessThan(140);
});

test("whole traces are kept as long as their spans fit into the second", () => {
  const verdicts = tail(named([{ type: "rate_limiting", rate_limiting: { spans_per_second: 5 } }]));
  const decide = (id: number, spans: number, nowMs: number) => {
    for (let i = 0; i < spans; i++) verdicts.observe(span({ traceId: idOf(id) }));
    return verdicts.verdict(idOf(id), nowMs);
  };
  expect([
    decide(1, 3, 0),
    decide(2, 3, 999),
    decide(3, 2, 999),
    decide(4, 1, 999),
    decide(5, 5, 1000),
  ]).toEqual([...["keep", "drop", "keep", "drop", "keep"]]);
});

test("a rate is spent by every trace, or only by those that no policy before it has kept", () => {
  const rate = { type: "rate_limiting", rate_limiting: { spans_per_second: 1 } };
  const verdictsOf = (sample_on_first_match: boolean) => {
    const verdicts = tail(named([errors, rate]), { sample_on_first_match });
    verdicts.observe(span({ traceId: idOf(1), status: 2 }));
    verdicts.observe(span({ traceId: idOf(2) }));
    return [verdicts.verdict(idOf(1), 0), verdicts.verdict(idOf(2), 0)];
  };
  expect(verdictsOf(false)).toEqual(["keep", "drop"]);
  expect(verdictsOf(true)).toEqual(["keep", "keep"]);
});

test("spans that come after the decision follow it", () => {
  const verdicts = tail(named([errors]));
  verdicts.observe(span());
  expect(verdicts.verdict(traceId, 0)).toBe("drop");
  verdicts.observe(span({ status: 2 }));
  expect(verdicts.verdict(traceId, 0)).toBe("drop");
  expect(verdicts.size).toEqual({ waiting: 0, decided: 1 });
});

test("a decision of an earlier process holds", () => {
  const verdicts = tail(named([errors]));
  verdicts.remember(traceId, "keep");
  verdicts.observe(span());
  expect(verdicts.verdict(traceId, 0)).toBe("keep");
  verdicts.remember(traceId, "drop");
  expect(verdicts.verdict(traceId, 0)).toBe("drop");
});

test.each(["keep", "drop"])(
  "a trace that has to make room is to %s, if so configured, with all its spans",
  (evicted) => {
    const told: string[] = [];
    const verdicts = tail(
      named([evicted === "keep" ? errors : always]),
      { num_traces: 2, evicted },
      (...what) => told.push(what.join(" by ")),
    );
    for (const id of [1, 2, 3]) verdicts.observe(span({ traceId: idOf(id) }));
    verdicts.observe(span({ traceId: idOf(1), status: 2 }));
    expect(told).toEqual([`${evicted} by evicted`]);
    expect(verdicts.verdict(idOf(1), 0)).toBe(evicted);
    expect(verdicts.verdict(idOf(9), 0)).toBe(evicted);
    expect(verdicts.verdict(idOf(2), 0)).not.toBe(evicted);
    const other = evicted === "keep" ? "drop by none" : "keep by p0";
    expect(told).toEqual([`${evicted} by evicted`, `${evicted} by unknown`, other]);
  },
);

test("tells which attributes it reads, by the names of before and of today", () => {
  const { attributeNames } = tail(
    named([and(text({ key: "http.status_code" }), flag), number({ key: "n", min_value: 1 })]),
  );
  expect([...attributeNames].sort()).toEqual(["http.response.status_code", "http.status_code", "k", "n"]);
});

const traces = 12;
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ trace: fc.nat(traces - 1), status: fc.nat(2), k: fc.nat(3), endMs: fc.nat(2000) }),
  },
  { weight: 1, arbitrary: fc.record({ trace: fc.nat(traces - 1), ask: fc.constant(true) }) },
);
const anyPolicies = fc.subarray(
  [
    ...[errors, slow, number({ min_value: 2 }), count(2, 3), drop(number({ max_value: 0 }), slow)],
    { type: "probabilistic", probabilistic: { sampling_percentage: 50 } },
    { type: "rate_limiting", rate_limiting: { spans_per_second: 3 } },
  ],
  { minLength: 1 },
);

test("all spans of a trace get one verdict, whatever comes in between, and what is held is bounded", () => {
  fc.assert(
    fc.property(
      anyPolicies,
      fc.integer({ min: 1, max: 6 }),
      fc.array(step, { maxLength: 80 }),
      (policies, most, steps) => {
        const verdicts = tail(named(policies), {
          num_traces: most,
          decision_cache: { sampled_cache_size: traces, non_sampled_cache_size: traces },
        });
        const given = new Map<number, string>();
        steps.forEach((one, nowMs) => {
          if ("ask" in one) {
            const verdict = verdicts.verdict(idOf(one.trace), nowMs);
            expect(verdict).toBe(given.get(one.trace) ?? verdict);
            given.set(one.trace, verdict);
          } else
            verdicts.observe(
              span({
                traceId: idOf(one.trace),
                status: one.status,
                endMs: 1000 + one.endMs,
                attributes: { k: one.k },
              }),
            );
          expect(verdicts.size.waiting).toBeLessThanOrEqual(most);
          expect(verdicts.size.decided).toBeLessThanOrEqual(2 * traces);
        });
      },
    ),
    { numRuns: 500 },
  );
});

test("decisions are remembered up to a bound, the oldest forgotten first", () => {
  const verdicts = tail(named([always]), { decision_cache: { sampled_cache_size: 2 } });
  for (const id of [1, 2, 3]) {
    verdicts.observe(span({ traceId: idOf(id) }));
    verdicts.verdict(idOf(id), 0);
  }
  expect(verdicts.size).toEqual({ waiting: 0, decided: 2 });
  verdicts.observe(span({ traceId: idOf(1) }));
  expect(verdicts.size.waiting).toBe(1);
});

test.each`
  config                                                                                | path                                          | message
  ${{ policies: [] }}                                                                   | ${"policies"}                                 | ${/>=1/}
  ${{ policies: named([always]), decision_wait: "30" }}                                 | ${"decision_wait"}                            | ${/must be a duration, such as/}
  ${{ policies: [{ name: "a", ...always }, { name: "a", ...errors }] }} | ${"policies.1.name"} | ${/used twice: a/}
  ${{ policies: named([text({ invert_match: true })]) }}                                | ${"policies.0.string_attribute.invert_match"} | ${/use a policy of type drop/}
  ${{ policies: named([number({})]) }}                                                  | ${"policies.0.numeric_attribute"}             | ${/min_value, max_value, or both/}
  ${{ policies: named([text({ values: ["a", "(b"], enabled_regex_matching: true })]) }} | ${"policies.0.string_attribute.values.1"}     | ${/never closed/}
  ${{ policies: named([{ type: "ottl_condition" }]) }}                                  | ${"policies.0.type"}                          | ${/must be one of always_sample, latency/}
  ${{ policies: named(Array.from({ length: 32 }, () => errors)) }}                      | ${"policies"}                                 | ${/may hold 31 conditions/}
`("$config is refused at $path", ({ config, path, message }) => {
  const { error } = TailSamplingConfig.safeParse(config);
  expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  expect(error?.issues[0]?.message).toMatch(message);
});

test.each`
  text       | ms
  ${"500ms"} | ${500}
  ${"1m30s"} | ${90_000}
  ${"1.5s"}  | ${1500}
  ${"2h"}    | ${7_200_000}
`("$text is $ms ms", ({ text: decision_wait, ms }) => {
  expect(tail(named([always]), { decision_wait }).decisionWaitMs).toBe(ms);
});
