import { expect, test } from "vitest";
import { newTraces, refreshed } from "./new-traces.ts";

const trace = (traceId: string, spans = 1) => ({ traceId, spans });

test("only what is not on the page yet is new", () => {
  expect(newTraces([trace("a"), trace("b")], [trace("c"), trace("a")])).toBe(1);
});

test("rows on the page learn of late spans, but neither move nor multiply", () => {
  expect(refreshed([trace("a"), trace("b")], [trace("c"), trace("b", 5)])).toEqual([
    trace("a"),
    trace("b", 5),
  ]);
});
