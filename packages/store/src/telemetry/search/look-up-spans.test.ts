import { expect, test } from "vitest";
import { lookUpOf } from "./look-up-spans.ts";
import type { AttributeCondition, SpanCondition } from "./span-condition.ts";

const nothing: SpanCondition = {
  ...{
    serviceIds: undefined,
    operationIds: undefined,
    callerIds: undefined,
    attributes: [],
    text: undefined,
    lastHour: undefined,
  },
};
const ids = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);
const attribute = (setIds: number[], hashes?: number[]): AttributeCondition => ({
  setIds,
  objects: [],
  hashes,
});

test.each<[string, Partial<SpanCondition>, ReturnType<typeof lookUpOf>]>([
  ["nothing for nothing", {}, undefined],
  ["nothing for a text", { text: { plain: "", json: "", operationIds: [], setIds: [] } }, undefined],
  ["a service", { serviceIds: ids(8) }, { by: "names" }],
  ["not a service of many versions", { serviceIds: ids(9) }, undefined],
  [
    "an operation, though its service has many versions",
    { serviceIds: ids(9), operationIds: [1] },
    { by: "names" },
  ],
  [
    "an attribute rather than a service",
    { serviceIds: [1], attributes: [attribute([5], [77])] },
    { by: "attributes", setIds: [5], hashes: [77] },
  ],
  [
    "what two attributes have in common",
    { attributes: [attribute(ids(100), [77]), attribute(ids(100, 100), [78, 79])] },
    { by: "attributes", setIds: [100], hashes: [77, 78, 79] },
  ],
  [
    "only attributes of which there are hashes: a span may have the other as its own",
    { attributes: [attribute([1, 2], [77]), attribute([2])] },
    { by: "attributes", setIds: [1, 2], hashes: [77] },
  ],
  ["no attribute that many sets have", { attributes: [attribute(ids(9), [77])] }, undefined],
  ["then a service", { serviceIds: [1], attributes: [attribute(ids(9), [77])] }, { by: "names" }],
])("spans are looked up by %s", (_, condition, expected) => {
  expect(lookUpOf({ ...nothing, ...condition })).toEqual(expected);
});
