import type { CountRange } from "@weir/domain";
import { expect, test } from "vitest";
import type { EdgeOutlook } from "../../../server/preview/observed-schemas.ts";
import { outlooksOnMap } from "./map-outlook.ts";
import { edge, node } from "./testing/sample-map.ts";

const none = { atLeast: 0, atMost: 0 };
const outlook = (from: string, to: string, change: Partial<EdgeOutlook>): EdgeOutlook => {
  const endOf = (id: string) => {
    const [namespace = "", service = ""] = id.split("/");
    return { namespace, service };
  };
  return {
    ...{
      source: endOf(from),
      destination: endOf(to),
      requests: 100,
      effects: [],
      refused: none,
      touched: none,
    },
    ...change,
  };
};
const denied = (range: CountRange): Partial<EdgeOutlook> => ({
  ...{ effects: [{ effect: "denied", ...range }], refused: range, touched: range },
});
const ten = { atLeast: 10, atMost: 10 };

const brief = (ids: string[], edges: readonly [string, string][], outlooks: EdgeOutlook[]) =>
  Array.from(
    outlooksOnMap(
      { nodes: ids.map((id) => node(id)), edges: edges.map(([from, to]) => edge(from, to)) },
      outlooks,
    ),
    ([id, { group, share, what }]) => `${id} ${group} ${share} ${what}`.replaceAll("\u202f", " "),
  );

test("an edge is told by the gravest of what would become of its requests", () => {
  const mirrored = { effect: "mirrored", atLeast: 100, atMost: 100 } as const;
  const outlooks = [
    outlook("a/web", "b/pay", denied(ten)),
    outlook("a/web", "b/cart", { effects: [mirrored], touched: mirrored }),
    outlook("a/web", "b/quiet", {}),
    outlook("a/web", "b/gone", denied(ten)),
    outlook("a/app", "b/pay", {
      effects: [{ effect: "denied", ...ten }, { effect: "limited", atLeast: 0, atMost: 5 }, mirrored],
      ...{ refused: { atLeast: 10, atMost: 15 }, touched: mirrored },
    }),
  ];
  expect(
    brief(
      ["a/web", "a/app", "b/pay", "b/cart", "b/quiet"],
      [
        ["a/web", "b/pay"],
        ["a/web", "b/cart"],
        ["a/web", "b/quiet"],
        ["a/app", "b/pay"],
      ],
      outlooks,
    ),
  ).toEqual([
    "a/web~b/pay refused 10 % denied",
    "a/web~b/cart changed 100 % mirrored",
    "a/app~b/pay refused ≤ 15 % refused",
  ]);
});

test("where nobody can tell what would become of any, the edge says so", () => {
  const open = { effect: "uncertain", atLeast: 0, atMost: 40 } as const;
  const uncertain = outlook("a/web", "b/pay", { effects: [open], touched: open });
  const view = { nodes: ["a/web", "b/pay"].map((id) => node(id)), edges: [edge("a/web", "b/pay")] };
  expect(outlooksOnMap(view, [uncertain]).get("a/web~b/pay")).toEqual({
    ...{ group: "changed", share: "≤\u202f40\u202f%", what: "uncertain" },
    words: "enforced: at most 40 of 100 requests may be changed",
  });
});

test("of a collapsed namespace all of its services together, of versions nothing", () => {
  const outlooks = [outlook("a/web", "b/pay", denied(ten)), outlook("a/app", "b/pay", denied(none))];
  expect(brief(["a/*", "b/pay"], [["a/*", "b/pay"]], outlooks)).toEqual(["a/*~b/pay refused 5 % denied"]);
  expect(brief(["a/web@v1", "b/pay@v1"], [["a/web@v1", "b/pay@v1"]], outlooks)).toEqual([]);
});
