import fc from "fast-check";
import { expect, test } from "vitest";
import { packMap, unpackMap } from "./packed-map.ts";
import type { MapEdge, MapNode, MapView } from "./topology-view.ts";

const quantile = fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined });
const numbers = fc.record({
  requests: fc.nat(),
  errors: fc.nat(),
  p50: quantile,
  p95: quantile,
  p99: quantile,
});
const security = fc.option(
  fc.oneof(
    fc.dictionary(fc.constantFrom("mutual_tls", "tls", "none"), fc.nat(), { minKeys: 1 }),
    fc.constant("all" as const),
  ),
  { nil: undefined },
);
const edges = (nodes: readonly MapNode[]) =>
  fc.record({
    ends: fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes)),
    numbers,
    protocol: fc.constantFrom("http", "grpc"),
    evidence: fc.constantFrom("metrics" as const, "spans" as const),
    ...{ resends: fc.option(fc.nat(), { nil: undefined }), security },
    flags: fc.dictionary(fc.constantFrom("UT", "UF"), fc.nat()),
    versions: fc.oneof(
      fc.constant("same" as const),
      fc.array(fc.tuple(fc.constantFrom("v1", "v2", ""), numbers), { maxLength: 3 }),
    ),
  });
const maps = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 })
  .map((names) => names.map((name): MapNode => node(`shop/${name}`)))
  .chain((nodes) => fc.array(edges(nodes)).map((drawn) => ({ nodes, drawn })));

function node(id: string): MapNode {
  const none = { requests: 0, errors: 0, clientErrors: 0, grpcErrors: 0, rps: 0 };
  return { id, namespace: "shop", name: id.slice(5), kind: "service", versions: [], ...none };
}

test("a map that was packed and written as JSON is the same map again", () => {
  fc.assert(
    fc.property(maps, ({ nodes, drawn }) => {
      const view: MapView & { atMs: number } = {
        nodes,
        atMs: 7,
        edges: drawn.map(({ ends: [from, to], numbers: own, versions, security: told, ...rest }): MapEdge => {
          const secured = told === "all" ? { none: own.requests } : told;
          const byVersion =
            versions === "same"
              ? [{ version: "v1", ...own }]
              : versions.map(([version, of]) => ({ version, ...of }));
          const fixed = { rps: 1, errorShare: 0, requestBytes: 1, responseBytes: 2, sampled: false };
          const outcomes = { clientErrors: 0, grpcErrors: 0 };
          const id = `${from.id}~${to.id}`;
          return {
            id,
            source: from.id,
            target: to.id,
            ...own,
            ...rest,
            ...fixed,
            ...outcomes,
            byVersion,
            security: secured,
          };
        }),
      };
      const sent = JSON.parse(JSON.stringify(packMap(view)));
      expect(unpackMap(sent)).toEqual(JSON.parse(JSON.stringify(view)));
    }),
  );
});

test("an edge to one version says its numbers once", () => {
  const own = { requests: 3, errors: 1, p50: 0.1, p95: 0.2, p99: 0.3 };
  const [from, to] = [node("shop/a"), node("shop/b")];
  const edge = {
    id: "shop/a~shop/b",
    source: from.id,
    target: to.id,
    ...own,
    byVersion: [{ version: "v1", ...own }],
  };
  const { facts } = packMap({ nodes: [from, to], edges: [edge as unknown as MapEdge] }).edges;
  expect(facts.byVersion).toEqual(["v1"]);
});
