import { expect, test } from "vitest";
import { saveWords } from "./save-words.ts";

const ready = {
  ...{ checked: true, acceptable: true, count: 1, touched: true },
  ...{ name: "shop/limit", edited: "shop/limit", live: 3 },
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
