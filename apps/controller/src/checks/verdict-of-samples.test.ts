import { expect, test } from "vitest";
import { verdictOfSamples } from "./verdict-of-samples.ts";

const vector = (...values: readonly string[]) =>
  JSON.stringify({
    status: "success",
    data: {
      resultType: "vector",
      result: values.map((value, at) => ({ metric: { pod: `p${at}` }, value: [1_700_000_000.5, value] })),
    },
  });
const other = (resultType: string, result: unknown) =>
  JSON.stringify({ status: "success", data: { resultType, result }, warnings: ["slow"] });

test.each`
  text                                            | bounds                | outcome      | detail
  ${vector("0.99")}                               | ${{ min: 0.99 }}      | ${"pass"}    | ${"0.99"}
  ${vector("0.98")}                               | ${{ min: 0.99 }}      | ${"fail"}    | ${'0.98 of {pod="p0"} is below 0.99'}
  ${vector("1", "2", "3")}                        | ${{ max: 3, min: 1 }} | ${"pass"}    | ${"all of 3 series"}
  ${vector("1", "4", "NaN")}                      | ${{ max: 3 }}         | ${"fail"}    | ${'4 of {pod="p1"} is above 3'}
  ${vector("1", "NaN")}                           | ${{ max: 3 }}         | ${"unknown"} | ${'the query gives no number of {pod="p1"}'}
  ${vector("+Inf")}                               | ${{ max: 3 }}         | ${"fail"}    | ${'Infinity of {pod="p0"} is above 3'}
  ${vector("-Inf")}                               | ${{ max: 3 }}         | ${"pass"}    | ${"-Infinity"}
  ${vector("many")}                               | ${{ max: 3 }}         | ${"unknown"} | ${/no number/}
  ${vector()}                                     | ${{ max: 3 }}         | ${"unknown"} | ${"the query finds nothing"}
  ${other("scalar", [1, "2"])}                    | ${{ max: 3 }}         | ${"pass"}    | ${"2"}
  ${other("scalar", [1, "4"])}                    | ${{ max: 3 }}         | ${"fail"}    | ${"4 is above 3"}
  ${other("matrix", [])}                          | ${{ max: 3 }}         | ${"unknown"} | ${/a matrix/}
  ${other("string", [1, "x"])}                    | ${{ max: 3 }}         | ${"unknown"} | ${/a string/}
  ${other("vector", [{ value: 3 }])}              | ${{ max: 3 }}         | ${"unknown"} | ${"the answer is not Prometheus'"}
  ${'{"status":"error","error":"parse\\nerror"}'} | ${{ max: 3 }}         | ${"unknown"} | ${"Prometheus says: parse error"}
  ${"<html>"}                                     | ${{ max: 3 }}         | ${"unknown"} | ${"the answer is not Prometheus'"}
  ${""}                                           | ${{ max: 3 }}         | ${"unknown"} | ${"the answer is not Prometheus'"}
`("$text within $bounds: $outcome", ({ text, bounds, outcome, detail }) => {
  const verdict = verdictOfSamples(text, bounds);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.detail).toEqual(detail instanceof RegExp ? expect.stringMatching(detail) : detail);
});
