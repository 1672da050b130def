import { fits, violations } from "./accessibility.ts";
import { newTraceId, type SentSpan, sendTrace, spanIdOf } from "./big-trace.ts";
import { expect, test } from "./journey.ts";

const traceId = newTraceId();

test.beforeAll(() => sendTrace(traceId, wideTrace(3_000)));

test("spans of a trace are found by attribute, text, service and duration, and stepped through", async ({
  page,
}) => {
  await page.goto(`/traces/${traceId}`);
  const search = page.getByRole("searchbox", { name: "Search in this trace" });
  await search.fill("http.response.status_code = 500");
  await expect(page.getByText("30 matches", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/find=http\.response/);
  await page.getByRole("button", { name: "Next match" }).click();
  await expect(page.getByText("1 of 30 matches")).toBeVisible();
  await page.getByRole("button", { name: "Previous match" }).click();
  await expect(page.getByText("30 of 30 matches")).toBeVisible();

  await search.fill("http.response.status_code=500 service:find-7");
  await expect(page.getByText("30 of 30 matches")).toBeVisible();
  await search.fill("http.response.status_code=500 service:find-6");
  await expect(page.getByText("0 matches", { exact: true })).toBeVisible();
  await search.fill("declined");
  await expect(page.getByText("30 of 30 matches")).toBeVisible();
  await search.fill("duration > 5s");
  await expect(page.getByText("1 match", { exact: true })).toBeVisible();
  await search.fill("duration > 5");
  await expect(page.getByText("a duration has a unit", { exact: false })).toBeVisible();
  await expect(search).toHaveAttribute("aria-invalid", "true");
  expect(await violations(page)).toEqual([]);
});

test("others are hidden but for what stands above a match, and the address says so", async ({ page }) => {
  await page.goto(
    `/traces/${traceId}?find=${encodeURIComponent("http.response.status_code = 500")}&only=true`,
  );
  const spans = page.getByRole("treeitem");
  await expect(page.getByText("30 matches", { exact: true })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Matches only" })).toBeChecked();
  await page.keyboard.press("1");
  await expect(spans).toHaveCount(1);
  await expect(spans.first().getByRole("img", { name: "hides a match" })).toBeVisible();
  await expect(page).toHaveURL(/levels=1/);
  await page.keyboard.press("n");
  await expect(page.getByRole("treeitem", { selected: true })).toContainText("item 7");
});

test("levels are chosen by keys and by the list, and a link shows the same", async ({ page }) => {
  await page.goto(`/traces/${traceId}?levels=2`);
  const spans = page.getByRole("treeitem");
  const levels = page.getByRole("combobox", { name: "Levels in sight" });
  await expect(spans).toHaveCount(1 + 10);
  await expect(levels).toHaveValue("2");
  await page.keyboard.press("o");
  await expect(spans).toHaveCount(1);
  await page.keyboard.press("p");
  await expect(spans).toHaveCount(1 + 10);
  await levels.selectOption("all");
  await expect.poll(() => spans.count()).toBeGreaterThan(11);
  await expect(page).not.toHaveURL(/levels=/);
  await page.getByRole("button", { name: "Collapse all" }).click();
  await expect(spans).toHaveCount(1);
});

test("from an opened span, others with the same attribute are found", async ({ page }) => {
  await page.goto(`/traces/${traceId}?span=${spanIdOf(7)}`);
  await page.getByRole("button", { name: "Find spans with the same http.response.status_code" }).click();
  await expect(page.getByRole("searchbox", { name: "Search in this trace" })).toHaveValue(
    "http.response.status_code = 500",
  );
  await expect(page.getByText("1 of 30 matches")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
});

/** The root calls ten, each of which calls its share of the rest. One in a hundred was refused. */
function wideTrace(count: number): SentSpan[] {
  return Array.from({ length: count }, (_, i) => {
    const refused = i % 100 === 7;
    return {
      spanId: spanIdOf(i),
      ...(i === 0 ? {} : { parentSpanId: spanIdOf(i <= 10 ? 0 : 1 + (i % 10)) }),
      ...{ service: `find-${i % 10}`, name: `item ${i % 100}`, failed: refused },
      ...{ startMs: i, durationMs: i === 0 ? 10_000 : 50 },
      attributes: {
        "http.response.status_code": refused ? "500" : "200",
        ...(refused ? { "error.message": "card declined" } : {}),
      },
    };
  });
}
