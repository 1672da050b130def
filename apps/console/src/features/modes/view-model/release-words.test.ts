import { expect, test } from "vitest";
import { releaseWords } from "./release-words.ts";

const policy = (before: string, after: string) => ({ before: { mode: before }, after: { mode: after } });
const acting = policy("observe", "enforce");
const staying = policy("observe", "observe");

test.each`
  policies                                 | said
  ${[[]]}                                  | ${"No policy begins to act: none is enforced."}
  ${[[staying], []]}                       | ${"No policy begins to act: none is enforced."}
  ${[[acting, staying]]}                   | ${"1 policy begins to act again; that was decided when it was enforced."}
  ${[[acting, staying], [acting, acting]]} | ${"3 policies begin to act again; that was decided when they were enforced."}
`("$said", ({ policies, said }) => {
  expect(releaseWords(policies.map((own: []) => ({ policies: own })))).toBe(said);
});
