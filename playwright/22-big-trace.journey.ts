import { readFile } from "node:fs/promises";
import { fits, violations } from "./accessibility.ts";
import { newTraceId, type SentSpan, sendTrace, spanIdOf } from "./big-trace.ts";
import { expect, test } from "./journey.ts";

const bigId = newTraceId();
const oddId = newTraceId();
const html = `<img src=x onerror="document.title='run'">`;
const long = "n".repeat(300);
const rightToLeft = "\u202eעגלה";
const emoji = "🛒👩‍🔧";

test.beforeAll(async () => {
  await sendTrace(bigId, bigTrace(10_000));
  await sendTrace(oddId, oddTrace());
});

test("a trace of 10,000 spans is read, searched, zoomed and folded by keys alone", async ({ page }) => {
  await page.goto(`/traces/${bigId}`);
  const spans = page.getByRole("treeitem");
  await expect(spans.first()).toBeVisible();
  await expect(page.getByText("10,000").first()).toBeVisible();
  expect(await spans.count(), "only what is in sight is in the page").toBeLessThan(200);

  await page.keyboard.press("End");
  await expect(page.getByRole("treeitem", { selected: true })).toBeVisible();
  await page.keyboard.press("Home");
  await page.keyboard.press("[");
  await expect(spans).toHaveCount(1);
  await page.keyboard.press("2");
  await expect(spans).toHaveCount(7); // the root and its six calls
  await page.keyboard.press("]");
  await expect.poll(() => spans.count()).toBeGreaterThan(7);

  await page.keyboard.press("+");
  await expect(page).toHaveURL(/time=\d+-\d+/);
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/time=/);

  await page.keyboard.press("e");
  await expect(
    page.getByRole("treeitem", { selected: true }).getByRole("img", { name: "failed" }),
  ).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("error");
  await expect(page.getByText("200 matches")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  const match = page.getByRole("treeitem", { selected: true });
  await expect(match.getByRole("img", { name: "failed" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Span details" })).toContainText("item.number");
  await expect(page.getByRole("button", { name: "Copy link to this span" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy span as JSON" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("missing parents, loops, skewed clocks and markup in names are told, shown and never run", async ({
  page,
}) => {
  await page.goto(`/traces/${oddId}`);
  const warnings = page.getByRole("list", { name: "Warnings" });
  await expect(warnings).toContainText("1 span names a parent that did not arrive");
  await expect(warnings).toContainText("1 loop of parents");
  await expect(warnings).toContainText("clocks differ");
  await expect(page.getByRole("treeitem").filter({ hasText: "loop cut here" })).toHaveCount(1);
  await expect(page.getByRole("treeitem").filter({ hasText: "parent missing" })).toHaveCount(1);
  await page.getByRole("treeitem").filter({ hasText: html }).first().click();
  await expect(page.getByRole("complementary", { name: "Span details" })).toContainText(html);
  expect(await page.title()).not.toBe("run");
  await expect(page.locator("img[src=x]")).toHaveCount(0);
});

test("odd names and broken trees are drawn in the flame graph and counted in the statistics, never run", async ({
  page,
}) => {
  await page.goto(`/traces/${oddId}?view=flame`);
  const frames = page.getByRole("tree", { name: "Flame graph of this trace" }).getByRole("treeitem");
  // All spans are in it, those of the loop and the one without its parent too.
  await expect(frames.first()).toHaveAccessibleName(/8 spans/);
  for (const name of [html, long, rightToLeft, emoji, "span 2", "span 4"])
    await expect(frames.filter({ hasText: name }).first()).toBeAttached();
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Statistics" }).click();
  await page.getByRole("radio", { name: "By operation" }).click();
  const table = page.getByRole("table", { name: "Statistics of this trace" });
  for (const name of [html, long, rightToLeft, emoji])
    await expect(table.getByRole("button", { name, exact: false })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  expect(await page.title()).not.toBe("run");
  await expect(page.locator("img[src=x]")).toHaveCount(0);
});

test("a trace of 10,000 spans is a flame graph by keys and a table that leads to its spans", async ({
  page,
}) => {
  await page.goto(`/traces/${bigId}`);
  await page.getByRole("button", { name: "Flame" }).click();
  await expect(page).toHaveURL(/view=flame/);
  const tree = page.getByRole("tree", { name: "Flame graph of this trace" });
  const frames = tree.getByRole("treeitem");
  await expect(frames.first()).toBeVisible();
  expect(await frames.count(), "what is too narrow to be seen is left out").toBeLessThan(1_500);
  await tree.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/zoom=/);
  const zoomed = tree.getByRole("treeitem", { selected: true });
  await expect(zoomed).toHaveAccessibleName(/^batch-1 GET \/items\/1/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/zoom=/);
  await page.getByRole("radio", { name: "Spans", exact: true }).click();
  await expect(page).toHaveURL(/by=count/);

  await page.getByRole("button", { name: "Statistics" }).click();
  const table = page.getByRole("table", { name: "Statistics of this trace" });
  await expect(table.getByRole("row")).toHaveCount(13);
  await table.getByRole("button", { name: "Errors" }).click();
  await expect(table.getByRole("columnheader", { name: "Errors" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await table.getByRole("button", { name: "batch-7" }).click();
  await expect(page.getByText("833 matches")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Matches only" })).toBeChecked();
  await expect(page.getByRole("treeitem", { name: /^batch-7 / }).first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("a trace is downloaded as OTLP and as Jaeger has it", async ({ page }) => {
  await page.goto(`/traces/${oddId}`);
  for (const [name, holds] of [
    ["OTLP", "resourceSpans"],
    ["Jaeger", "operationName"],
  ] as const) {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: `Download as ${name}` }).click();
    const text = await readFile(await (await download).path(), "utf8");
    expect(text).toContain(holds);
    expect(text).toContain(JSON.stringify(html));
  }
});

test("two traces are compared by service and operation", async ({ page }) => {
  await page.goto(`/traces/compare?a=${oddId}&b=${bigId}`);
  const table = page.getByRole("table", { name: "Trace B against trace A" });
  await expect(table.getByText("only in A").first()).toBeVisible();
  await expect(table.getByText("only in B").first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("the query language points at its mistakes, completes, and finds what it says", async ({ page }) => {
  await page.goto("/traces?window=15m");
  const query = page.getByRole("combobox", { name: "Query" });
  await query.fill("service = batch-0 duration > 5");
  await expect(page.getByText("a duration has a unit", { exact: false })).toBeVisible();
  await expect(page.locator("mark")).toHaveText("duration > 5");
  await expect(page.getByRole("button", { name: "Search", exact: true })).toBeDisabled();

  await query.fill("serv");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(query).toHaveValue("service = ");
  await query.fill("service = batch-0 duration > 5s");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=service/);
  const found = page.getByRole("list", { name: "Traces found" }).getByRole("link");
  await expect(found.and(page.locator(`[href*="${bigId}"]`))).toHaveCount(1);
  await expect(found.filter({ hasNotText: "batch-0" })).toHaveCount(0);
  await page.reload();
  await expect(query).toHaveValue("service = batch-0 duration > 5s");
  await expect(found.and(page.locator(`[href*="${bigId}"]`))).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
});

/** Every span calls up to six others; one of fifty failed. */
function bigTrace(count: number): SentSpan[] {
  const lengths: number[] = [];
  const starts: number[] = [];
  return Array.from({ length: count }, (_, i) => {
    const parent = Math.floor((i - 1) / 6);
    lengths[i] = i === 0 ? 20_000 : (lengths[parent] ?? 0) * 0.45;
    starts[i] = i === 0 ? 0 : (starts[parent] ?? 0) + ((i - 1) % 6) * 0.1 * (lengths[parent] ?? 0);
    return {
      spanId: spanIdOf(i),
      ...(i === 0 ? {} : { parentSpanId: spanIdOf(parent) }),
      ...{ service: `batch-${i % 12}`, name: `GET /items/${i % 9}`, failed: i % 50 === 7 },
      ...{ startMs: starts[i] ?? 0, durationMs: lengths[i] ?? 0, attributes: { "item.number": String(i) } },
    };
  });
}

function oddTrace(): SentSpan[] {
  const span = (number: number, parent: number | undefined, over: Partial<SentSpan> = {}): SentSpan => ({
    spanId: spanIdOf(number),
    ...(parent === undefined ? {} : { parentSpanId: spanIdOf(parent) }),
    ...{ service: "odd", name: `span ${number}`, startMs: number * 10, durationMs: 50 },
    ...over,
  });
  return [
    span(1, undefined, { name: html, durationMs: 500, attributes: { "user.agent": html } }),
    span(2, 999),
    span(3, 4),
    span(4, 3),
    span(5, 1, { service: "behind", startMs: -5_000, durationMs: 20 }),
    span(6, 1, { name: long }),
    span(7, 1, { name: rightToLeft, service: rightToLeft }),
    span(8, 1, { name: emoji, service: emoji, failed: true }),
  ];
}
