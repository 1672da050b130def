import { expect, test } from "vitest";
import { loadBalancerSettings } from "./load-balancer.ts";
import { LoadBalancerSpec } from "./load-balancer-spec.ts";

test.each`
  spec                                                                    | accepted
  ${{ algorithm: "leastRequest" }}                                        | ${true}
  ${{ algorithm: "peakEwma", slowStartMs: 30_000, zonePreference: true }} | ${true}
  ${{ algorithm: "ringHash", hashOn: { header: "x-user" } }}              | ${true}
  ${{ algorithm: "maglev", hashOn: { cookie: "session" } }}               | ${true}
  ${{ algorithm: "maglev", hashOn: { query: "id" } }}                     | ${true}
  ${{ algorithm: "maglev", hashOn: { source: true } }}                    | ${true}
  ${{ algorithm: "ringHash" }}                                            | ${false}
  ${{ algorithm: "maglev" }}                                              | ${false}
  ${{ algorithm: "maglev", hashOn: { source: false } }}                   | ${false}
  ${{ algorithm: "maglev", hashOn: { header: "a", cookie: "b" } }}        | ${false}
  ${{ algorithm: "maglev", hashOn: {} }}                                  | ${false}
  ${{ algorithm: "leastConn" }}                                           | ${false}
  ${{}}                                                                   | ${false}
  ${{ algorithm: "random", slowStartMs: -1 }}                             | ${false}
`("$spec is accepted: $accepted", ({ spec, accepted }) => {
  expect(LoadBalancerSpec.safeParse(spec).success).toBe(accepted);
});

test("what is not said is off", () => {
  expect(loadBalancerSettings({ algorithm: "random" })).toEqual({
    algorithm: "random",
    hashOn: undefined,
    slowStartMs: 0,
    zonePreference: false,
  });
});
