import { newTraceId, type SentSpan, sendTrace, spanIdOf } from "./big-trace.ts";
import { expect, test } from "./journey.ts";
import { saveMap } from "./save-map.ts";

const node = (name: RegExp) => ({ name });

test("namespaces collapse to one node that tells of all in it, and open where they stand", async ({
  page,
}) => {
  await page.goto("/?by=namespace");
  const shop = page.getByRole("button", node(/^namespace shop, .* services/));
  await expect(shop).toBeVisible();
  await expect(page.getByRole("button", node(/^checkout, /))).toHaveCount(0);
  await shop.press("Enter");
  const panel = page.getByRole("complementary", { name: "shop" });
  await expect(panel.getByText("What it received")).toBeVisible();
  await expect(panel.getByText(/services, collapsed/)).toBeVisible();
  await page.getByRole("button", { name: "Open namespace shop" }).press("Enter");
  await expect(page.getByRole("button", node(/^checkout, /))).toBeVisible();
  await expect(page).toHaveURL(/by=namespace&toggled=shop/);
  await page.reload();
  await expect(page.getByRole("button", node(/^checkout, /))).toBeVisible();
});

test("by version each version is a node, with the edges that reached it", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("combobox", { name: "Map of" }).click();
  await page.getByRole("option", { name: "Versions" }).click();
  await expect(page).toHaveURL(/by=version/);
  await expect(page.getByRole("button", node(/^payments v1, /))).toBeVisible();
  await page.getByRole("button", node(/^checkout v1 to payments v1: /)).press("Enter");
  const panel = page.getByRole("complementary", { name: "checkout v1 to payments v1" });
  await expect(panel.getByText("Requests on this edge")).toBeVisible();
  await expect(panel.getByText(/plain text/)).toBeVisible();
});

test("edges say what is chosen, and the address keeps it", async ({ page }) => {
  await page.goto("/?label=p95");
  await expect(page.locator("[data-edge]").filter({ hasText: "p95" }).first()).toBeVisible();
  await page.getByRole("combobox", { name: "Edges say" }).click();
  await page.getByRole("option", { name: "Security" }).click();
  await expect(page.locator("[data-edge]").filter({ hasText: "plain text" }).first()).toBeVisible();
  await expect(page).toHaveURL(/label=security/);
});

test("a focus leaves a neighbourhood, and the panel tells what falls with a service", async ({ page }) => {
  await page.goto("/?node=shop/payments");
  const panel = page.getByRole("complementary", { name: "payments" });
  await expect(panel.getByText(/^If payments fails, \d+ callers lose at most/)).toBeVisible();
  await expect(panel.getByRole("button", { name: /^checkout .*%$/ })).toBeVisible();
  await panel.getByRole("button", { name: "Show only these on the map" }).click();
  await expect(page).toHaveURL(/around=shop(\/|%2F)payments/);
  await expect(page.getByRole("button", node(/^checkout, /))).toBeVisible();
  await expect(page.getByRole("button", node(/^catalog, /))).toHaveCount(0);
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page.getByRole("button", node(/^catalog, /))).toBeVisible();
});

test("a node, its edge, its panel and the list give the same reason", async ({ page }) => {
  const [caller, called] = ["cause-front", "cause-back"];
  const root: SentSpan = { spanId: spanIdOf(0), service: caller, name: "GET /", startMs: 0, durationMs: 900 };
  const calls = Array.from({ length: 40 }, (_, i) => ({
    ...{ spanId: spanIdOf(i + 1), parentSpanId: root.spanId, service: called, name: "GET /of" },
    ...{ startMs: i, durationMs: 20, failed: i % 2 === 0 },
  }));
  await sendTrace(newTraceId(), [root, ...calls]);
  await page.goto("/?around=batch/cause-back");
  const fromNode = page.getByRole("button", node(/^cause-back, failing: 50 % of \d+ requests failed/));
  await expect(fromNode).toBeVisible();
  await page.keyboard.press("p"); // What is compared is of one moment.
  const label = (await fromNode.getAttribute("aria-label")) ?? "";
  const [reason = "no reason"] = /50\s% of \d+ requests failed.*failing from \d+\s%/.exec(label) ?? [];

  const edge = page.getByRole("button", node(/^cause-front to cause-back: /));
  await expect(edge).toHaveAttribute("aria-label", new RegExp(`: failing, ${RegExp.escape(reason)}`));
  await edge.press("Enter");
  await expect(page.getByRole("complementary", { name: /cause-front .*cause-back/ })).toContainText(reason);
  await fromNode.press("Enter");
  await expect(page.getByRole("complementary", { name: "cause-back" })).toContainText(reason);
  await page.getByRole("radio", { name: "List" }).click();
  await expect(page.getByRole("row", node(/cause-front.*cause-back/))).toContainText(reason);
  const listed = page.getByRole("list", { name: "Services that stand out" }).getByRole("listitem");
  await expect(listed.filter({ hasText: called })).toContainText(reason);
});

test("what the map shows is exported as JSON, SVG and PNG", async ({ page }) => {
  await page.goto("/?around=shop/payments");
  await expect(page.getByRole("button", node(/^checkout, /))).toBeVisible();
  const { nodes } = JSON.parse((await saveMap(page, "JSON, with all facts")).toString());
  expect(nodes.map(({ id }: { id: string }) => id)).toContain("shop/checkout");
  const svg = (await saveMap(page, "SVG")).toString();
  expect(svg).toMatch(/^<svg [^>]*viewBox="/);
  expect(svg).toContain(">payments</text>");
  expect((await saveMap(page, "PNG")).subarray(1, 4).toString()).toBe("PNG");
});
