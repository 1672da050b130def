import { expect, test } from "vitest";
import { saveWords } from "./save-words.ts";

const ready = {
  ...{ checked: true, acceptable: true, count: 1, touched: true },
  ...{ name: "shop/limit", edited: "shop/limit", live: 3, begins: false },
};

test.each`
  over                                      | possible | label
  ${{}}                                     | ${true}  | ${"Save as the next revision"}
  ${{ touched: false }}                     | ${false} | ${"Save as the next revision"}
  ${{ checked: false }}                     | ${false} | ${"Save as the next revision"}
  ${{ acceptable: false }}                  | ${false} | ${"Save as the next revision"}
  ${{ name: "shop/other", live: 0 }}        | ${true}  | ${"Save as a new policy"}
  ${{ name: "shop/other", live: 2 }}        | ${false} | ${"shop/other is there already"}
  ${{ name: undefined, acceptable: false }} | ${false} | ${"Save as the next revision"}
  ${{ edited: undefined, live: 0 }}         | ${true}  | ${"Save as a new policy"}
  ${{ count: 2 }}                           | ${false} | ${"One policy at a time"}
`("$over: $label", ({ over, possible, label }) => {
  expect(saveWords({ ...ready, ...over })).toMatchObject({ possible, label });
});

test("the question says what follows", () => {
  expect(saveWords(ready).effect).toContain("Revision 3 stays in the history");
  expect(saveWords({ ...ready, name: "shop/other", live: 0 }).effect).toContain("shop/limit stays as it is");
});

test("what would act at once is said to, before it is saved", () => {
  expect(saveWords(ready)).toMatchObject({ look: "primary", warning: undefined });
  const begins = saveWords({ ...ready, edited: undefined, live: 0, begins: true });
  expect(begins).toMatchObject({ look: "enforce", effect: "Sidecars act by it within a second." });
  expect(begins.warning).toMatch(/^It acts on requests at once/);
});
