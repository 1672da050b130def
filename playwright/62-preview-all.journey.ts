import type { Page } from "@playwright/test";
import { violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";

/** Of this run alone: counts of the run before would not be its own. */
const name = `no-cart-${Date.now().toString(36)}`;
const denies = `kind: authorization
name: ${name}
namespace: shop
targetRef: catalog
mode: observe
action: deny
rules:
  - from: [{ services: [cart] }]
`;

test("before anything is enforced, it is told who would break: by policy, caller, route, and on the map", async ({
  page,
}) => {
  await test.step("a policy that observes is put in force", async () => {
    await page.goto("/policies");
    await page.locator("input[type=file]").setInputFiles({
      ...{ name: "policies.yaml", mimeType: "application/yaml", buffer: Buffer.from(denies) },
    });
    const dialog = page.getByRole("dialog", { name: /^Import / });
    await dialog.getByRole("button", { name: "Put 1 policy in force" }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step("its page tells whom it would refuse, on which routes, with a trace of one", async () => {
    await page.goto(`/policies/shop/${name}?window=5m`);
    const panel = page.locator("section", {
      has: page.getByRole("heading", { name: "If it were enforced" }),
    });
    await expect(panel.getByRole("list", { name: "Of shop/cart" })).toContainText("would be denied with 403");
    await expect(panel.getByText(/counts since/)).toBeVisible();
    const route = panel
      .getByRole("table", { name: "By route" })
      .getByRole("row", { name: /shop\/cart GET \// });
    await expect(route.first()).toContainText("denied");
    await expect(panel.getByRole("link", { name: /^Example: trace/ }).first()).toHaveAttribute(
      "href",
      /\/traces\/[0-9a-f]{32}/,
    );
  });

  await test.step("all policies stand side by side, found by what they would do", async () => {
    await page.goto("/policies?window=5m");
    await page.getByRole("link", { name: "If all were enforced" }).click();
    await expect(page.getByRole("heading", { name: /^If every policy were enforced/ })).toBeVisible();
    await page.getByRole("searchbox", { name: "Rows with" }).fill(name);
    const row = page.getByRole("table", { name: "By policy" }).getByRole("row", { name: new RegExp(name) });
    await expect(row).toContainText("100");
    await expect(row.getByRole("list", { name: `Effects of ${name}` })).toContainText(/\d denied/);
    await expect(row).toContainText("shop/cart");
    const size = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    const refused = row.getByRole("cell", { name: /^(≤.)?[1-9][\d.]*.%$/ }).first();
    expect(await refused.evaluate((cell) => cell.getBoundingClientRect().right)).toBeLessThanOrEqual(390);
    if (size) await page.setViewportSize(size);
  });

  await test.step("each caller under all policies, as a link that somebody else can open", async () => {
    await page.getByRole("searchbox", { name: "Rows with" }).fill("shop/cart");
    await page.getByRole("radio", { name: "Callers" }).click();
    const callers = page.getByRole("table", { name: "By caller" });
    await expect(callers.getByRole("row", { name: /^shop\/cart shop\/catalog/ })).toContainText("denied");
    await callers.getByRole("button", { name: "Judged" }).click();
    await expect(page).toHaveURL(/sort=requests/);
    await page.reload();
    await expect(callers.getByRole("columnheader", { name: "Judged" })).toHaveAttribute(
      "aria-sort",
      "descending",
    );
    await page.getByRole("radio", { name: "Routes" }).click();
    await page.getByRole("searchbox", { name: "Rows with" }).fill(name);
    await expect(
      page.getByRole("table", { name: "By route" }).getByRole("link", { name }).first(),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  await test.step("on the map, the way from cart to catalog says so in words and with its line", async () => {
    await page.getByRole("link", { name: "On the map" }).click();
    await expect(page).toHaveURL(/label=enforced/);
    const strip = page.getByRole("region", { name: "If every policy were enforced" });
    await expect(strip).toContainText(/requests? .* would be refused/);
    const edge = page.getByRole("button", { name: /^cart to catalog: .*enforced: .* would be refused$/ });
    await edge.press("Enter");
    const panel = page.getByRole("complementary", { name: "cart to catalog" });
    await expect(panel.getByRole("list", { name: "What would become of its requests" })).toContainText(
      "denied",
    );
    expect(await violations(page)).toEqual([]);
    await page.goto("/?label=enforced&by=version");
    await strip.getByRole("button", { name: "Show services" }).click();
    await expect(edge, "versions do not say it, services do").toBeVisible();
    await strip.getByRole("button", { name: "Back to traffic" }).click();
    await expect(strip).toBeHidden();
  });

  await remove(page);
});

async function remove(page: Page): Promise<void> {
  await page.goto(`/policies/shop/${name}`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete the policy" }).click();
  await expect(page.getByText("This policy was deleted.")).toBeVisible();
}
