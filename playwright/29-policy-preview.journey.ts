import type { Page } from "@playwright/test";
import { violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";

test("an authorization that would break a caller is seen to, before anybody saves it", async ({ page }) => {
  const preview = page.locator("section", {
    has: page.getByRole("heading", { name: "What it would have done" }),
  });
  await page.goto("/policies/new?kind=authorization&target=shop/payments&window=15m");

  await test.step("refusing everybody, it tells who would have been refused, with a trace of it", async () => {
    await write(page, "action: deny\nrules: [{}]");
    await expect(async () => {
      await preview.getByRole("button", { name: /Replay over the last 15 minutes/ }).click();
      const refused = preview.getByText(/^Of .* logged requests .* would be refused\.$/);
      await expect(refused).toBeVisible({ timeout: 5_000 });
    }, "the shop's first requests are logged").toPass();
    await expect(preview.getByText(/would be denied with 403 \(100/).first()).toBeVisible();
    await expect(preview.getByText(/Judged as the only policy/)).toBeVisible();
    await expect(preview.getByRole("link", { name: /^Example: trace/ }).first()).toHaveAttribute(
      "href",
      /\/traces\/[0-9a-f]{32}/,
    );
  });

  await test.step("mended, it says that it was about the earlier text, and then that nobody would notice", async () => {
    await write(page, "action: deny\nrules: [{ from: [{ services: [nobody] }] }]");
    await expect(preview.getByText(/about an earlier text/)).toBeVisible();
    await preview.getByRole("button", { name: /Replay over/ }).click();
    await expect(
      preview.getByText(/^Of .* logged requests [\d.,kM]+ would go as they went\.$/),
    ).toBeVisible();
  });

  await test.step("what no log keeps is uncertain, and named", async () => {
    await write(page, "action: deny\nrules: [{ to: [{ headers: [{ name: x-user, present: false }] }] }]");
    await preview.getByRole("button", { name: /Replay over/ }).click();
    await expect(preview.getByText("header x-user").first()).toBeVisible();
  });

  await test.step("on the map the ways of its callers say what the draft would have done to them", async () => {
    await write(page, "action: deny\nrules: [{}]");
    await preview.getByRole("button", { name: /Replay over/ }).click();
    await preview.getByRole("button", { name: "On the map" }).click();
    await expect(page).toHaveURL(/label=draft/);
    const strip = page.getByRole("region", { name: "If draft previewed were enforced" });
    await expect(strip.getByRole("status")).toContainText(
      /^of .* logged requests to payments of the last 15 minutes .* would be refused/,
    );
    const edge = page.getByRole("button", { name: /^.+ to payments: .*enforced: .* would be refused$/ });
    await edge.first().press("Enter");
    const panel = page.getByRole("complementary", { name: / to payments$/ });
    await expect(panel.getByRole("heading", { name: "If draft previewed were enforced" })).toBeVisible();
    await expect(panel.getByText(/would be denied with 403 \(100/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await strip.getByRole("link", { name: "Back to the draft" }).click();
    await expect(page.getByRole("textbox", { name: "Policy as YAML" }), "it is still there").toContainText(
      "rules: [{}]",
    );
    await expect(
      preview.getByText(/would be denied with 403 \(100/).first(),
      "and so is its replay",
    ).toBeVisible();
    await expect(preview.getByText(/^Of .* to .*, replayed .*(?:just now|ago)\.$/)).toBeVisible();
  });

  await test.step("discarded, it is gone from the map, which says so and tells the traffic", async () => {
    await page.getByRole("button", { name: "Discard the draft" }).click();
    await page.goBack();
    await expect(page).toHaveURL(/label=draft/);
    const strip = page.getByRole("region", { name: "Draft previewed" });
    await expect(strip.getByRole("status")).toContainText("was discarded");
    await expect(page.getByRole("button", { name: / to payments: .*enforced/ })).toHaveCount(0);
    await strip.getByRole("button", { name: "Back to traffic" }).click();
    await page.getByRole("combobox", { name: "Edges say" }).click();
    await expect(page.getByRole("option", { name: "If enforced", exact: true })).toBeVisible();
    await expect(page.getByRole("option", { name: "If draft enforced" })).toHaveCount(0);
    await page.keyboard.press("Escape");
  });

  await test.step("loaded anew, the map has no draft, says so, and tells the traffic", async () => {
    await page.goto("/?label=draft");
    const strip = page.getByRole("region", { name: "If a draft were enforced" });
    await expect(strip).toContainText("No draft is kept here");
    await expect(strip.getByRole("link", { name: "To the policies" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await strip.getByRole("button", { name: "Back to traffic" }).click();
    await expect(strip).toBeHidden();
  });
});

/** A draft of this rule in place of what stands there; nobody saves it. */
async function write(page: Page, rule: string): Promise<void> {
  await page.getByRole("textbox", { name: "Policy as YAML" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(
    `kind: authorization\nname: previewed\nnamespace: shop\ntargetRef: payments\n${rule}\n`,
  );
}
