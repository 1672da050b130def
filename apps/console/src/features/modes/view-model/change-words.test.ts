import { expect, test } from "vitest";
import { changeWords } from "./change-words.ts";

const service = { scope: "service", namespace: "shop", name: "cart" };

test.each`
  change                                | action                       | look
  ${{ ...service, mode: "enforce" }}    | ${"Enforce for cart"}        | ${"enforce"}
  ${{ ...service, mode: "observe" }}    | ${"Observe for cart"}        | ${"primary"}
  ${{ ...service, mode: null }}         | ${"Inherit for cart"}        | ${"primary"}
  ${{ scope: "mesh", mode: "enforce" }} | ${"Enforce across the mesh"} | ${"enforce"}
  ${{ scope: "mesh", mode: "observe" }} | ${"Observe across the mesh"} | ${"primary"}
  ${{ scope: "hold", hold: true }}      | ${"Hold the mesh"}           | ${"danger"}
  ${{ scope: "hold", hold: false }}     | ${"Release the hold"}        | ${"enforce"}
`("the button says $action", ({ change, action, look }) => {
  expect(changeWords(change)).toMatchObject({ action, look });
});
