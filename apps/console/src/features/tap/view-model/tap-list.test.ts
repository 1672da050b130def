import { expect, test } from "vitest";
import type { TappedRequest } from "../../../server/tap/tapped-request.ts";
import { emptyTapList, mostRows, resumed, withBatch } from "./tap-list.ts";

const request = (atMs: number): TappedRequest => ({
  ...{ key: `${atMs}`, atMs, source: "web", destination: "cart", version: "v1", protocol: "http" },
  ...{ method: "GET", path: "/", status: 200, flag: "", seconds: 0.01, upstreamSeconds: 0.009 },
  ...{ requestBytes: 0, responseBytes: 10, traceId: undefined, decisions: [] },
});
const batch = (...times: number[]) => ({ requests: times.map(request), missed: 0 });
const times = (rows: readonly TappedRequest[]) => rows.map(({ atMs }) => atMs);

test("the newest stand first, whenever they came, and each once", () => {
  const list = withBatch(withBatch(emptyTapList, batch(1, 3), false), batch(3, 2), false);
  expect(times(list.rows)).toEqual([3, 2, 1]);
});

test("what comes while the list stands still waits, and is shown when it goes on", () => {
  const still = withBatch(withBatch(emptyTapList, batch(1), false), batch(2, 3), true);
  expect([times(still.rows), times(still.waiting)]).toEqual([[1], [3, 2]]);
  expect(times(resumed(still).rows)).toEqual([3, 2, 1]);
  expect(resumed(still).waiting).toEqual([]);
});

test("a page left open holds no more than its rows, and counts what nobody told", () => {
  let list = emptyTapList;
  for (let i = 0; i < 5; i++)
    list = withBatch(
      list,
      { ...batch(...Array.from({ length: 2_000 }, (_, n) => i * 2_000 + n)), missed: 7 },
      i > 2,
    );
  expect(list.rows).toHaveLength(mostRows);
  expect([list.waiting.length, list.waited]).toEqual([4_000, 4_000]);
  expect(list.missed).toBe(35);
});
