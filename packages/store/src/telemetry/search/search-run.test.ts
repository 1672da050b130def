import { expect, test } from "vitest";
import { hourNs } from "../time.ts";
import { type HitRow, type SearchPlan, SearchRun } from "./search-run.ts";
import type { SpanCondition } from "./span-condition.ts";
import { cursorAt } from "./trace-cursor.ts";

const ms = 1_000_000n;
const window = { fromNs: 100n * hourNs, toNs: 110n * hourNs };
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
const ofText: SpanCondition = { ...nothing, text: { plain: "", json: "", operationIds: [], setIds: [] } };
const ofService: SpanCondition = { ...nothing, serviceIds: [1] };

function plan(condition: SpanCondition | undefined, change: Partial<SearchPlan> = {}): SearchPlan {
  const filter = {
    window,
    cursor: undefined,
    minDurationNs: undefined,
    maxDurationNs: undefined,
    failed: false,
    serviceIds: undefined,
  };
  return { filter, condition, wanted: 3, budgetMs: 100, known: [], ...change };
}

/** A trace that starts at `startNs` and has a matching span at `newestNs`. */
function row(n: number, startNs: bigint, newestNs?: bigint): HitRow {
  const hour = (startNs / hourNs) * hourNs;
  const row = { traceId: `trace ${n}`, hourNs: String(hour), startNs: String(startNs) };
  return newestNs === undefined ? row : { ...row, newestNs: String(newestNs) };
}

const at = (seconds: number) => window.toNs - BigInt(Math.round(seconds * 1_000)) * ms;

test("a search of what summaries know goes through these; one of what they do not, through spans", () => {
  expect(new SearchRun(plan(undefined)).step).toMatchObject({ way: "traces", limit: 3 });
  expect(new SearchRun(plan(ofService)).step).toMatchObject({ way: "traces", slice: { toNs: window.toNs } });
  expect(new SearchRun(plan(ofText)).step).toMatchObject({ way: "spans", slice: { toNs: at(-10) } });
});

test("without an answer it goes on to the window's start", () => {
  const run = new SearchRun(plan(undefined, { budgetMs: 1e9 }));
  let reached = window.toNs;
  while (!run.isDone) {
    const { step } = run;
    expect(step.slice.toNs).toBe(reached);
    reached = step.slice.fromNs;
    run.take(step, [], 1);
  }
  expect(reached).toBe(window.fromNs);
  expect(run.searchedBackToNs).toBe(window.fromNs);
  expect(run.hits).toEqual([]);
});

test("it ends with as many as are wanted, the newest first, ties by id", () => {
  const run = new SearchRun(plan(undefined));
  run.take(run.step, [row(1, at(1)), row(5, at(2)), row(4, at(2))], 1);
  expect(run.isDone).toBe(true);
  expect(run.hits.map(({ traceId }) => traceId)).toEqual(["trace 1", "trace 5", "trace 4"]);
});

test("a trace that begins before the slice in which it was found is known once that is reached", () => {
  const run = new SearchRun(plan(ofText));
  run.take(run.step, [row(1, at(100), at(-9))], 1);
  expect(run.hits).toEqual([]);
  while (run.hits.length === 0) run.take(run.step, [], 1);
  expect(run.searchedBackToNs <= at(100)).toBe(true);
});

test("what the next page would not find again is told, and what the page before told is known", () => {
  const run = new SearchRun(plan(ofText));
  run.take(run.step, [row(1, at(100), at(-9)), row(2, at(200), at(95)), row(3, at(300), at(80))], 1);
  const late = run.lateBehind(cursorAt(at(95)));
  expect(late.map(({ traceId }) => traceId)).toEqual(["trace 1", "trace 3"]);
  expect(run.lateBehind(cursorAt(at(150))).map(({ traceId }) => traceId)).toEqual(["trace 2", "trace 3"]);

  const next = new SearchRun(plan(ofText, { known: late.map((hit) => ({ ...hit, newestNs: undefined })) }));
  expect(next.lateBehind(cursorAt(at(150))).map(({ traceId }) => traceId)).toEqual(["trace 3"]);
  const ofSummaries = new SearchRun(plan(ofService));
  ofSummaries.take(ofSummaries.step, [row(1, at(100))], 1);
  expect(ofSummaries.lateBehind(cursorAt(at(95)))).toEqual([]);
});

test("of more than a statement may give, only what is complete counts", () => {
  const run = new SearchRun(plan(ofText));
  const { step } = run;
  const rows = Array.from({ length: step.limit }, (_, i) => row(i, at(i / 1_000), at(i / 1_000 - 1)));
  run.take(step, rows, 1);
  const last = at((step.limit - 1) / 1_000 - 1);
  expect(run.step.slice.toNs).toBe(last + 1n);
});

test("a thousand spans in the same nanosecond do not hold it up for ever", () => {
  const run = new SearchRun(plan(ofText));
  const [first, newestNs] = [run.step, run.step.slice.toNs - 1n];
  const rows = Array.from({ length: first.limit }, (_, i) => row(i, at(500), newestNs));
  run.take(first, rows, 1);
  expect(run.step.slice.toNs).toBe(first.slice.toNs - 1n);
});

test("time runs out, but not before something new was looked at", () => {
  const run = new SearchRun(plan(ofText, { budgetMs: 0 }));
  const steps: bigint[] = [];
  while (!run.isDone) {
    const { step } = run;
    steps.push(step.slice.fromNs);
    run.take(step, [], 1);
  }
  expect(steps.at(-1)).toBe(run.searchedBackToNs);
  expect(run.searchedBackToNs < window.toNs).toBe(true);
  expect(steps.at(-2) ?? window.toNs).toBeGreaterThanOrEqual(window.toNs);
});

test("a page begins where the one before ended", () => {
  const cursor = { ...cursorAt(at(50)), known: [] };
  const { filter } = plan(undefined);
  expect(new SearchRun(plan(undefined, { filter: { ...filter, cursor } })).step.slice.toNs).toBe(at(50) + 1n);
  const beyond = { ...cursorAt(window.toNs + 5n), known: [] };
  expect(new SearchRun(plan(undefined, { filter: { ...filter, cursor: beyond } })).step.slice.toNs).toBe(
    window.toNs,
  );
});

test("hours in which an operation was not seen are left out", () => {
  const run = new SearchRun(plan({ ...nothing, operationIds: [1], lastHour: 104 }));
  expect(run.step.slice.toNs).toBe(105n * hourNs);
  expect(new SearchRun(plan({ ...nothing, operationIds: [1], lastHour: 99 })).isDone).toBe(true);
});

test("a database that is far away does not make slices small", () => {
  const width = ({ slice }: { slice: { fromNs: bigint; toNs: bigint } }) => slice.toNs - slice.fromNs;
  const [near, far] = [new SearchRun(plan(undefined)), new SearchRun(plan(undefined))];
  near.take(near.step, [], 41, 1);
  far.take(far.step, [], 41, 40);
  expect(width(far.step)).toBeGreaterThan(width(near.step) * 10n);
});

test("after 20 ms of reading it looks up, hour by hour and from each hour's end", () => {
  const run = new SearchRun(plan(ofService, { budgetMs: 1e9 }));
  run.take(run.step, [], 19);
  expect(run.step.way).toBe("traces");
  run.take(run.step, [], 1);
  const { step } = run;
  expect(step).toMatchObject({ way: { by: "names" }, slice: { fromNs: 109n * hourNs, toNs: 110n * hourNs } });
  expect(run.filterOf(step).window.toNs).toBe(run.searchedBackToNs);
  run.take(step, [], 1);
  expect(run.step.slice).toEqual({ fromNs: 107n * hourNs, toNs: 109n * hourNs });
});

test("what is too much to be looked up is read", () => {
  const run = new SearchRun(plan(ofService, { budgetMs: 1e9 }));
  run.take(run.step, [], 20);
  const lookUp = run.step;
  const reached = run.searchedBackToNs;
  const all = Array.from({ length: lookUp.limit }, (_, i) => row(i, at(3_000), at(0)));
  run.take(lookUp, all, 1);
  expect(run.step).toMatchObject({ way: "traces", slice: { toNs: reached } });
});

test("what was given up is tried in a smaller piece, or read instead of looked up", () => {
  const run = new SearchRun(plan(ofService, { budgetMs: 1e9 }));
  const first = run.step;
  run.giveUp(first, 10);
  expect((run.step.slice.toNs - run.step.slice.fromNs) * 8n).toBe(first.slice.toNs - first.slice.fromNs);
  run.giveUp(run.step, 10);
  expect(run.step.way).toMatchObject({ by: "names" });
  run.giveUp(run.step, 10);
  expect(run.step.way).toBe("traces");
});
