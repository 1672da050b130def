import { expect, test } from "vitest";
import { begunBy } from "./begun-by.ts";
import type { ModesState } from "./modes-state.ts";

const service = { scope: "service", namespace: "shop", name: "cart" };
const namespace = { scope: "namespace", name: "shop" };

function state(begins: number, beginsOnInherit: number): ModesState {
  const counts = { begins, beginsOnInherit };
  return {
    ...{ mode: "observe", hold: false, begins },
    namespaces: [{ name: "shop", own: "observe", ...counts }],
    services: [
      { namespace: "shop", name: "cart", own: "observe", mode: "observe", origin: "service", ...counts },
    ],
  };
}

test.each`
  change                                       | counts    | guided               | why
  ${{ ...service, mode: "enforce" }}           | ${[2, 0]} | ${service}           | ${"two begin"}
  ${{ ...service, mode: "enforce" }}           | ${[0, 0]} | ${undefined}         | ${"none begins"}
  ${{ ...service, mode: null }}                | ${[2, 2]} | ${service}           | ${"what it inherits makes two begin"}
  ${{ ...service, mode: null }}                | ${[2, 0]} | ${undefined}         | ${"it inherits observe"}
  ${{ ...service, mode: "observe" }}           | ${[2, 2]} | ${undefined}         | ${"back is never guided"}
  ${{ ...service, name: "ghost", mode: null }} | ${[2, 2]} | ${undefined}         | ${"nobody knows it"}
  ${{ ...namespace, mode: null }}              | ${[1, 1]} | ${namespace}         | ${"the same of a namespace"}
  ${{ ...namespace, mode: "enforce" }}         | ${[0, 0]} | ${undefined}         | ${"none follows it"}
  ${{ scope: "mesh", mode: "enforce" }}        | ${[1, 0]} | ${{ scope: "mesh" }} | ${"the same of the mesh"}
  ${{ scope: "hold", hold: false }}            | ${[1, 1]} | ${undefined}         | ${"what acts again was agreed to before"}
`("$change is guided: $guided, $why", ({ change, counts, guided }) => {
  expect(begunBy(change, state(counts[0], counts[1]))).toEqual(guided);
});
