import { describe, expect, test } from "vitest";
import type { MapEdge, MapView } from "../../../server/topology/topology-view.ts";
import { compareMaps } from "./compare-maps.ts";

function edge(name: string, over: Partial<MapEdge> = {}): MapEdge {
  const { requests = 1_000, errors = 0 } = over;
  return {
    ...{
      id: `shop/a~shop/${name}`,
      source: "shop/a",
      target: `shop/${name}`,
      evidence: "metrics",
      sampled: false,
    },
    ...{ clientErrors: 0, grpcErrors: 0, flags: {}, requestBytes: 0, responseBytes: 0, protocol: "http/1.1" },
    ...{ rps: requests / 300, p50: 0.01, p95: 0.02, p99: 0.03, byVersion: [], requests, errors },
    errorShare: requests > 0 ? errors / requests : 0,
    ...over,
  } as MapEdge;
}
const map = (...edges: MapEdge[]): MapView => ({ nodes: [], edges });
const kinds = (now: MapView, before: MapView) =>
  compareMaps(now, before).map(({ kind, edge: { target } }) => `${kind} ${target}`);

describe("an edge that was", () => {
  test.each`
    what                                  | before                                    | now                                       | kind
    ${"the same"}                         | ${{}}                                     | ${{}}                                     | ${[]}
    ${"without errors, and now has some"} | ${{ errors: 1 }}                          | ${{ errors: 50 }}                         | ${["failing shop/b"]}
    ${"failing, and does no more"}        | ${{ errors: 100 }}                        | ${{ errors: 1 }}                          | ${["recovered shop/b"]}
    ${"failing a little less by chance"}  | ${{ errors: 12 }}                         | ${{ errors: 5 }}                          | ${[]}
    ${"failing now, of a handful"}        | ${{ requests: 4 }}                        | ${{ requests: 4, errors: 1 }}             | ${[]}
    ${"fast"}                             | ${{ p95: 0.02 }}                          | ${{ p95: 0.1 }}                           | ${["slower shop/b"]}
    ${"slow"}                             | ${{ p95: 0.1 }}                           | ${{ p95: 0.02 }}                          | ${["faster shop/b"]}
    ${"slower by a fifth"}                | ${{ p95: 0.1 }}                           | ${{ p95: 0.12 }}                          | ${[]}
    ${"slower by a millisecond"}          | ${{ p95: 0.001 }}                         | ${{ p95: 0.002 }}                         | ${[]}
    ${"slower in few requests"}           | ${{ p95: 0.02, requests: 50 }}            | ${{ p95: 0.2, requests: 50 }}             | ${[]}
    ${"slower in half of a few requests"} | ${{ p50: 0.01, p95: 0.02, requests: 50 }} | ${{ p50: 0.1, p95: 0.2, requests: 50 }}   | ${["slower shop/b"]}
    ${"faster in half of a few requests"} | ${{ p50: 0.1, p95: 0.2, requests: 50 }}   | ${{ p50: 0.01, p95: 0.02, requests: 50 }} | ${["faster shop/b"]}
    ${"slower in a handful"}              | ${{ p50: 0.01, p95: 0.02, requests: 9 }}  | ${{ p50: 0.1, p95: 0.2, requests: 9 }}    | ${[]}
    ${"without a percentile"}             | ${{ p95: undefined }}                     | ${{ p95: 0.2 }}                           | ${[]}
    ${"called half as often"}             | ${{ requests: 500 }}                      | ${{ requests: 1_000 }}                    | ${["busier shop/b"]}
    ${"called twice as often"}            | ${{ requests: 1_000 }}                    | ${{ requests: 400 }}                      | ${["quieter shop/b"]}
    ${"called by a few, and fewer"}       | ${{ requests: 12 }}                       | ${{ requests: 4 }}                        | ${[]}
    ${"idle"}                             | ${{ requests: 0 }}                        | ${{}}                                     | ${["new shop/b"]}
    ${"busy, and is idle"}                | ${{}}                                     | ${{ requests: 0 }}                        | ${["gone shop/b"]}
    ${"idle, and is"}                     | ${{ requests: 0 }}                        | ${{ requests: 0 }}                        | ${[]}
    ${"fast and well, and is neither"}    | ${{}}                                     | ${{ errors: 200, p95: 2 }}                | ${["failing shop/b"]}
  `("$what: $kind", ({ before, now, kind }) => {
    expect(kinds(map(edge("b", now)), map(edge("b", before)))).toEqual(kind);
  });
});

test("what is in one of the windows only is new or gone", () => {
  expect(kinds(map(edge("b"), edge("c")), map(edge("b"), edge("d")))).toEqual(["new shop/c", "gone shop/d"]);
});

test("what hurts stands first, and the worst of it before the rest", () => {
  const before = map(edge("b"), edge("c"), edge("d"), edge("e"));
  const now = map(
    edge("b", { p95: 0.1 }),
    edge("c", { p95: 0.2 }),
    edge("d", { errors: 90 }),
    edge("e"),
    edge("f"),
  );
  expect(kinds(now, before)).toEqual(["failing shop/d", "slower shop/c", "slower shop/b", "new shop/f"]);
});
