import { errorsOfText, latencyOfText } from "@weir/rollout/degradation-text";
import { expect, test } from "vitest";
import { degradationOf, errorStops, latencyStops, placeOf, stopWords } from "./replay-stops.ts";

test.each`
  stops           | text        | way         | at   | words
  ${errorStops}   | ${"+2%"}    | ${"points"} | ${4} | ${"2 points more"}
  ${errorStops}   | ${"+0%"}    | ${"points"} | ${0} | ${"no more"}
  ${errorStops}   | ${"+2.5%"}  | ${"points"} | ${4} | ${"2.5 points more"}
  ${errorStops}   | ${"x3"}     | ${"times"}  | ${3} | ${"3 times as often"}
  ${latencyStops} | ${"x1"}     | ${"times"}  | ${0} | ${"no longer"}
  ${latencyStops} | ${"x1.5"}   | ${"times"}  | ${3} | ${"1.5 times as long"}
  ${latencyStops} | ${"+100ms"} | ${"added"}  | ${5} | ${"100 ms longer"}
  ${latencyStops} | ${"+2s"}    | ${"added"}  | ${9} | ${"2 s longer"}
  ${latencyStops} | ${"soon"}   | ${"times"}  | ${0} | ${"no longer"}
`("$text stands at $at of $way and is $words", ({ stops, text, way, at, words }) => {
  const place = placeOf(stops, text);
  expect([place.way.way, place.at, stopWords(stops, text)]).toEqual([way, at, words]);
});

test("every stop can be read, and each is worse than the one before", () => {
  for (const stop of errorStops.ways.flatMap(({ stops }) => stops)) expect(errorsOfText(stop)).toBeDefined();
  for (const stop of latencyStops.ways.flatMap(({ stops }) => stops))
    expect(latencyOfText(stop)).toBeDefined();
  for (const stops of [errorStops, latencyStops])
    for (const { stops: texts } of stops.ways)
      expect(texts.map((text) => placeOf(stops, text).at)).toEqual([...texts.keys()]);
});

test.each`
  errors   | latency    | fromStep | degradation
  ${"+2%"} | ${"x1"}    | ${0}     | ${{ errors: { points: 0.02 }, latency: { times: 1 } }}
  ${"x2"}  | ${"+50ms"} | ${2}     | ${{ errors: { times: 2 }, latency: { addedMs: 50 }, fromStep: 2 }}
  ${"bad"} | ${"<b>"}   | ${0}     | ${{}}
`("$errors and $latency from step $fromStep", ({ errors, latency, fromStep, degradation }) => {
  expect(degradationOf(errors, latency, fromStep)).toEqual(degradation);
});
