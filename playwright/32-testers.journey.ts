import type { Page } from "@playwright/test";
import { expect, test } from "./journey.ts";
import { countPayments } from "./shop.ts";

/** Of this run alone, and the first of payments' canaries by name, whatever journeys before it have left. */
const name = `a-testers-${Date.now().toString(36)}`;
const asTester = { "x-user-type": "beta-tester" };

test("testers get the new version alone, others are copied to it, and new weights leave both as they are", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await test.step("authored with the form: a pin for testers, and a mirror", async () => {
    await page.goto("/policies/new?kind=canary&target=shop/payments");
    await write(page, draft);
    const form = page.getByRole("form", { name: "Policy as a form" });
    await form.getByRole("button", { name: "Add pins" }).click();
    await expect(editor(page)).toContainText("exact: beta-tester");
    await form.getByRole("button", { name: "Add mirror" }).click();
    await form.getByRole("button", { name: "Add sticky" }).click();
    await form.getByRole("button", { name: "Add sticky.maxAgeS" }).click();
    await expect(editor(page)).toContainText("maxAgeS: 86400");
    await save(page, "Save as a new policy");
    await expect(page).toHaveURL(new RegExp(`/policies/shop/${name}`));
  });

  await test.step("testers pay at v2, and nobody else does", async () => {
    await expect.poll(async () => (await countPayments(6, asTester)).v2).toBeGreaterThan(0);
    const testers = await countPayments(60, asTester);
    expect(testers).toEqual({ v1: 0, v2: testers.total, total: testers.total });
    const others = await countPayments(60);
    expect(others).toEqual({ v1: others.total, v2: 0, total: others.total });
    expect(Math.min(testers.total, others.total)).toBeGreaterThan(50);
  });

  await test.step("the canary's page says so, and the map marks the copies", async () => {
    await page.goto("/canaries/shop/payments");
    await expect(page.getByText("Chosen requests go to v2 whatever the weights.")).toBeVisible();
    await expect(page.getByText("of what is not pinned").first()).toBeVisible();
    await expect(page.getByText("Copies of all of the other requests go to v2;")).toBeVisible();
    await page.goto("/?window=1m");
    await expect(page.getByText("mirror", { exact: true })).toBeVisible();
  });

  await test.step("weights saved by hand keep pins and copies", async () => {
    await page.goto("/canaries/shop/payments");
    const slider = page.getByRole("slider", { name: "Weight of v2" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: /^Send 1 % of requests to v2/ }).click();
    await expect(page.getByText("Live: v1 99 / v2 1 (revision")).toBeVisible();
    const testers = await countPayments(30, asTester);
    expect(testers).toEqual({ v1: 0, v2: testers.total, total: testers.total });
    await page.goto(`/policies/shop/${name}`);
    for (const kept of ["exact: beta-tester", "maxAgeS: 86400", "mirror:"])
      await expect(editor(page)).toContainText(kept);
  });

  await test.step("deleted, everybody pays at v1 again", async () => {
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete the policy" }).click();
    await expect(page.getByText("This policy was deleted.")).toBeVisible();
    await expect.poll(async () => (await countPayments(6, asTester)).v2).toBe(0);
  });
});

const draft = `kind: canary
name: ${name}
namespace: shop
targetRef: payments
mode: enforce
backends: [{ version: v1, weight: 100 }, { version: v2, weight: 0 }]
`;

function editor(page: Page) {
  return page.getByRole("textbox", { name: "Policy as YAML" });
}

/** In place of what stands there. Not by single keys: the editor would indent and close brackets by itself. */
async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

async function save(page: Page, label: string): Promise<void> {
  await page.getByRole("button", { name: label }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: label }).click();
  await expect(dialog).toBeHidden();
}
