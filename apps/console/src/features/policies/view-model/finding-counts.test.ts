import { expect, test } from "vitest";
import { findingCounts } from "./finding-counts.ts";

test.each`
  error | warning | info | said
  ${0}  | ${0}    | ${0} | ${undefined}
  ${0}  | ${0}    | ${1} | ${{ severity: "info", words: "1 hint" }}
  ${0}  | ${2}    | ${3} | ${{ severity: "warning", words: "2 warnings" }}
  ${1}  | ${2}    | ${0} | ${{ severity: "error", words: "1 error, 2 warnings" }}
`("$error, $warning, $info: $said", ({ said, ...counts }) => {
  expect(findingCounts(counts)).toEqual(said);
});
