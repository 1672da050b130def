import { expect, test } from "vitest";
import { stepMatch } from "./find/find-spans.ts";
import { allOpen } from "./folding.ts";
import { spanTree } from "./span-tree.ts";
import { traceFacts } from "./trace-facts.ts";
import { waterfallKey } from "./waterfall-keys.ts";
import { waterfallRows, withAncestors } from "./waterfall-rows.ts";
import { spanTitle, type WaterfallSpan } from "./waterfall-span.ts";

function span(spanId: string, parentSpanId: string | undefined, over: Partial<WaterfallSpan> = {}) {
  return {
    spanId,
    parentSpanId,
    namespace: "shop",
    service: "cart",
    version: "v1",
    operation: `GET /${spanId}`,
    kind: 2,
    status: 0,
    startNs: 0,
    durationNs: 100,
    ...over,
  } satisfies WaterfallSpan;
}

const tree = spanTree([
  span("root", undefined, { service: "storefront" }),
  span("pay", "root", { service: "payments", version: "v2", kind: 3, startNs: 10 }),
  span("bank", "pay", { service: "payments", status: 2, startNs: 20 }),
  span("ship", "root", { service: "shipping", startNs: 50 }),
]);
const rows = (...collapsed: string[]) => waterfallRows(tree, { ...allOpen, except: new Set(collapsed) });

test("a collapsed span hides what is below it and says what that is", () => {
  expect(rows().map((row) => row.key)).toEqual(["root", "pay", "bank", "ship"]);
  const closed = rows("pay");
  expect(closed.map((row) => row.key)).toEqual(["root", "pay", "ship"]);
  expect(closed[1]).toMatchObject({ expandable: true, expanded: false, hidesError: true });
  expect(closed[1]?.node.below).toBe(1);
  expect(closed[0]).toMatchObject({ node: { below: 3 }, hidesError: false });
});

test.each`
  key             | collapsed  | selected     | action
  ${"ArrowDown"}  | ${[]}      | ${undefined} | ${{ type: "select", key: "root" }}
  ${"j"}          | ${[]}      | ${"root"}    | ${{ type: "select", key: "pay" }}
  ${"k"}          | ${[]}      | ${"pay"}     | ${{ type: "select", key: "root" }}
  ${"ArrowUp"}    | ${[]}      | ${"root"}    | ${undefined}
  ${"ArrowDown"}  | ${[]}      | ${"ship"}    | ${undefined}
  ${"End"}        | ${[]}      | ${"root"}    | ${{ type: "select", key: "ship" }}
  ${"Home"}       | ${[]}      | ${"ship"}    | ${{ type: "select", key: "root" }}
  ${"PageDown"}   | ${[]}      | ${"root"}    | ${{ type: "select", key: "ship" }}
  ${"ArrowLeft"}  | ${[]}      | ${"pay"}     | ${{ type: "collapse", key: "pay" }}
  ${"ArrowLeft"}  | ${["pay"]} | ${"pay"}     | ${{ type: "select", key: "root" }}
  ${"ArrowLeft"}  | ${[]}      | ${"bank"}    | ${{ type: "select", key: "pay" }}
  ${"ArrowRight"} | ${["pay"]} | ${"pay"}     | ${{ type: "expand", key: "pay" }}
  ${"ArrowRight"} | ${[]}      | ${"pay"}     | ${{ type: "select", key: "bank" }}
  ${"ArrowRight"} | ${[]}      | ${"bank"}    | ${undefined}
  ${"Enter"}      | ${[]}      | ${"bank"}    | ${{ type: "open", key: "bank" }}
  ${"Enter"}      | ${[]}      | ${undefined} | ${undefined}
  ${"/"}          | ${[]}      | ${"bank"}    | ${{ type: "search" }}
  ${"Escape"}     | ${[]}      | ${"bank"}    | ${{ type: "close" }}
  ${"N"}          | ${[]}      | ${"bank"}    | ${{ type: "match", step: -1 }}
  ${"f"}          | ${[]}      | ${"root"}    | ${{ type: "select", key: "pay" }}
  ${"b"}          | ${[]}      | ${"pay"}     | ${{ type: "select", key: "root" }}
  ${"["}          | ${[]}      | ${"bank"}    | ${{ type: "collapse-all" }}
  ${"]"}          | ${[]}      | ${undefined} | ${{ type: "expand-all" }}
  ${"1"}          | ${[]}      | ${undefined} | ${{ type: "levels", levels: 1 }}
  ${"9"}          | ${[]}      | ${"bank"}    | ${{ type: "levels", levels: 9 }}
  ${"o"}          | ${[]}      | ${"bank"}    | ${{ type: "step-levels", step: -1 }}
  ${"p"}          | ${[]}      | ${"bank"}    | ${{ type: "step-levels", step: 1 }}
  ${"+"}          | ${[]}      | ${"bank"}    | ${{ type: "zoom", factor: 2 }}
  ${"-"}          | ${[]}      | ${"bank"}    | ${{ type: "zoom", factor: 0.5 }}
  ${"a"}          | ${[]}      | ${"bank"}    | ${{ type: "pan", step: -1 }}
  ${"d"}          | ${[]}      | ${undefined} | ${{ type: "pan", step: 1 }}
  ${"s"}          | ${[]}      | ${"bank"}    | ${{ type: "scroll", step: 1 }}
  ${"w"}          | ${[]}      | ${"bank"}    | ${{ type: "scroll", step: -1 }}
  ${"0"}          | ${[]}      | ${"bank"}    | ${{ type: "whole" }}
  ${"x"}          | ${[]}      | ${"bank"}    | ${undefined}
`("$key on $selected with $collapsed collapsed", ({ key, collapsed, selected, action }) => {
  expect(waterfallKey(key, rows(...collapsed), selected)).toEqual(action);
});

test("matches alone keep what stands above them", () => {
  const kept = withAncestors(tree, ["bank"]);
  expect(waterfallRows(tree, allOpen, kept).map((row) => row.key)).toEqual(["root", "pay", "bank"]);
  expect(waterfallRows(tree, allOpen, kept).at(-1)?.expandable).toBe(false);
});

test.each`
  operation          | path         | title
  ${"POST payments"} | ${"/charge"} | ${"POST payments /charge"}
  ${"GET /cart"}     | ${"/cart"}   | ${"GET /cart"}
  ${"charge"}        | ${undefined} | ${"charge"}
`("$operation at $path is titled '$title'", ({ operation, path, title }) => {
  expect(spanTitle({ operation, path })).toBe(title);
});

test("next and previous go round the matches, from wherever the reader stands", () => {
  expect(stepMatch(["a", "b"], "b", 1)).toBe("a");
  expect(stepMatch(["a", "b"], "a", -1)).toBe("b");
  expect(stepMatch(["a", "b"], "elsewhere", 1)).toBe("a");
  expect(stepMatch([], "a", 1)).toBeUndefined();
});

test("the head counts spans, errors and services in order of appearance", () => {
  const facts = traceFacts(tree);
  expect(facts).toMatchObject({ totalNs: 150, spans: 4, errors: 1, levels: 3 });
  expect(facts.root?.key).toBe("root");
  expect(facts.services).toEqual([
    { name: "storefront", spans: 1, errors: 0 },
    { name: "payments", spans: 2, errors: 1 },
    { name: "shipping", spans: 1, errors: 0 },
  ]);
});
