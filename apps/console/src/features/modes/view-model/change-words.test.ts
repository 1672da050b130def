import { expect, test } from "vitest";
import { changeWords, setWords } from "./change-words.ts";

const service = { scope: "service", namespace: "shop", name: "cart" };

test.each`
  change                                | action                       | look         | set
  ${{ ...service, mode: "enforce" }}    | ${"Enforce for cart"}        | ${"enforce"} | ${"Mode of cart: enforce."}
  ${{ ...service, mode: "observe" }}    | ${"Observe for cart"}        | ${"primary"} | ${"Mode of cart: observe."}
  ${{ ...service, mode: null }}         | ${"Inherit for cart"}        | ${"primary"} | ${"Mode of cart: inherited."}
  ${{ scope: "mesh", mode: "enforce" }} | ${"Enforce across the mesh"} | ${"enforce"} | ${"Mode of the mesh: enforce."}
  ${{ scope: "mesh", mode: "observe" }} | ${"Observe across the mesh"} | ${"primary"} | ${"Mode of the mesh: observe."}
  ${{ scope: "hold", hold: true }}      | ${"Hold the mesh"}           | ${"danger"}  | ${"The mesh is on hold."}
  ${{ scope: "hold", hold: false }}     | ${"Release the hold"}        | ${"enforce"} | ${"The hold is released."}
`("the button says $action, and then it is said: $set", ({ change, action, look, set }) => {
  expect(changeWords(change)).toMatchObject({ action, look });
  expect(setWords(change)).toBe(set);
});
