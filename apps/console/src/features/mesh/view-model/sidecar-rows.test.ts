import { expect, test } from "vitest";
import { filterSidecars, sidecarRows, sortSidecars } from "./sidecar-rows.ts";

type Given = Parameters<typeof sidecarRows>[0][number];

const sidecar = (proxyId: string, over: Partial<Given> = {}): Given => ({
  ...{ proxyId, workload: { namespace: "shop", service: proxyId, version: "v1" } },
  ...{ controllerId: "c", release: "0.1.0", address: "10.0.0.1:80", zone: undefined },
  ...{ connected: true, sinceMs: 1_000, wantedVersion: "w", wantedAtMs: 1, ackedVersion: "w", ackedAtMs: 2 },
  ...{ nackedVersion: undefined, nackedAtMs: undefined, nackReason: undefined },
  ...over,
});

const rows = sidecarRows(
  [
    sidecar("cart", { sinceMs: 3_000 }),
    sidecar("web", { ackedVersion: "old", nackedVersion: "w", nackReason: "no such kind", sinceMs: 2_000 }),
    sidecar("api", { connected: false, release: "0.0.9" }),
  ],
  [
    { proxyId: "cart", requests: 10, seconds: 0.002 },
    { proxyId: "web", requests: 10, seconds: 0.001 },
  ],
  [
    { proxyId: "cart", cores: 0.02, memoryBytes: 90e6 },
    { proxyId: "api", memoryBytes: 70e6 },
  ],
);
const names = (some: typeof rows) => some.map((row) => row.proxyId);

test.each`
  sort          | descending | order
  ${"state"}    | ${false}   | ${["web", "api", "cart"]}
  ${"workload"} | ${false}   | ${["api", "cart", "web"]}
  ${"workload"} | ${true}    | ${["web", "cart", "api"]}
  ${"added"}    | ${false}   | ${["web", "cart", "api"]}
  ${"added"}    | ${true}    | ${["cart", "web", "api"]}
  ${"cpu"}      | ${true}    | ${["cart", "api", "web"]}
  ${"memory"}   | ${false}   | ${["api", "cart", "web"]}
  ${"memory"}   | ${true}    | ${["cart", "api", "web"]}
  ${"since"}    | ${true}    | ${["cart", "web", "api"]}
  ${"release"}  | ${false}   | ${["api", "cart", "web"]}
`("by $sort, descending $descending: $order", ({ sort, descending, order }) => {
  expect(names(sortSidecars(rows, sort, descending))).toEqual(order);
});

test.each`
  state        | text           | found                     | why
  ${"any"}     | ${""}          | ${["cart", "web", "api"]} | ${"nothing is asked"}
  ${"refused"} | ${""}          | ${["web"]}                | ${"of the state"}
  ${"any"}     | ${"SHOP cart"} | ${["cart"]}               | ${"every word is there, in any case"}
  ${"any"}     | ${"no such"}   | ${["web"]}                | ${"the reason of a refusal is found"}
  ${"any"}     | ${"0.0.9"}     | ${["api"]}                | ${"the release is found"}
  ${"gone"}    | ${"cart"}      | ${[]}                     | ${"both must hold"}
`("$state and '$text': $why", ({ state, text, found }) => {
  expect(names(filterSidecars(rows, state, text))).toEqual(found);
});
