import type { Page } from "@playwright/test";
import { expect, test } from "./journey.ts";
import { countPayments, threeSigma } from "./shop.ts";

/**
 * The promise of Weir in one journey: a canary's weight moves nothing until it is enforced, then moves exactly what
 * it says, and is taken back by one switch. Every split is counted from the shop's own answers.
 */
test("traffic follows a canary only once it is enforced", async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto("/canaries");
  await page
    .getByRole("link", { name: /payments/ })
    .first()
    .click();
  const slider = page.getByRole("slider", { name: "Weight of v2" });

  await test.step("authored at 70 / 30 in observe, by mouse and keyboard", async () => {
    await dragTo(page, 0.27);
    await settle(page, 30);
    await page
      .getByRole("button", { name: /^Save: sidecars will record 30 % to v2, traffic stays on v1/ })
      .click();
    await everySidecarRuns(page, "v1 70 / v2 30");
  });

  await test.step("observed, the split stays 100 / 0", async () => {
    const { v1, v2, total } = await countPayments(150);
    expect(total).toBeGreaterThan(140);
    expect({ v1, v2 }).toEqual({ v1: total, v2: 0 });
  });

  await test.step("enforced for payments alone, it becomes 70 / 30", async () => {
    await switchMode(page, "Enforce");
    await expect.poll(async () => (await countPayments(12)).v2).toBeGreaterThan(0);
    const { v2, total } = await countPayments(400);
    expect(total).toBeGreaterThan(380);
    expect(Math.abs(v2 / total - 0.3)).toBeLessThanOrEqual(threeSigma(0.3, total));
  });

  await test.step("moved to 0 / 100 by keyboard alone, it follows", async () => {
    await slider.focus();
    await page.keyboard.press("End");
    await expect(slider).toHaveAttribute("aria-valuetext", "v2 takes 100 %");
    for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Send 100 % of requests to v2 now" })).toBeFocused();
    await page.keyboard.press("Enter");
    await everySidecarRuns(page, "v1 0 / v2 100");
    const { v1, v2, total } = await countPayments(100);
    expect({ v1, v2 }).toEqual({ v1: 0, v2: total });
  });

  await test.step("the map shows the shift", async () => {
    await page.goto("/?window=1m");
    await expect(page.getByRole("button", { name: /^payments, .*v2 [1-9]/ })).toBeVisible({
      timeout: 30_000,
    });
    await page.goBack();
  });

  await test.step("switched back to observe, it is 100 / 0 again", async () => {
    await switchMode(page, "Observe");
    await expect.poll(async () => (await countPayments(12)).v2).toBe(0);
    const { v1, v2, total } = await countPayments(100);
    expect({ v1, v2 }).toEqual({ v1: total, v2: 0 });
  });
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("the slider follows a finger", async ({ page }) => {
    await page.goto("/canaries/shop/payments");
    const thumb = page.getByRole("slider", { name: "Weight of v2" });
    await thumb.scrollIntoViewIfNeeded();
    const track = await trackOf(page);
    await page.touchscreen.tap(track.x + track.width * 0.5, track.y + track.height / 2);
    await expect(thumb).toHaveAttribute("aria-valuenow", /^(4[1-9]|5\d)$/);
  });
});

/** Drags the thumb by mouse to about that share of the track. */
async function dragTo(page: Page, share: number): Promise<void> {
  const thumb = page.getByRole("slider", { name: "Weight of v2" });
  const track = await trackOf(page);
  const from = await thumb.boundingBox();
  if (!from) throw new Error("the thumb is not on the page");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width * share, from.y + from.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(thumb).toHaveAttribute("aria-valuenow", /^(1[1-9]|[2-9]\d)$/);
}

async function trackOf(page: Page) {
  const thumb = page.getByRole("slider", { name: "Weight of v2" });
  const box = await thumb.locator("xpath=ancestor::*[@data-orientation][last()]").boundingBox();
  if (!box) throw new Error("the slider is not on the page");
  return box;
}

/** Arrow keys do the rest. */
async function settle(page: Page, weight: number): Promise<void> {
  const thumb = page.getByRole("slider", { name: "Weight of v2" });
  await thumb.focus();
  for (let now = await read(); now !== weight; now = await read())
    await page.keyboard.press(now < weight ? "ArrowRight" : "ArrowLeft");

  async function read(): Promise<number> {
    return Number(await thumb.getAttribute("aria-valuenow"));
  }
}

/** Waits until these weights are live and every sidecar has acknowledged their revision. */
async function everySidecarRuns(page: Page, weights: string): Promise<void> {
  const live = page.getByText(`Live: ${weights} (revision`);
  await expect(live).toBeVisible();
  const revision = /revision (\d+)/.exec((await live.textContent()) ?? "")?.[1];
  const note = page.getByRole("status").filter({ hasText: `run revision ${revision}` });
  await expect(note).toContainText(/^(\d+) of \1 sidecars/);
}

/** Turns the switch of payments, and goes through what leads to enforcing it. */
async function switchMode(page: Page, mode: "Enforce" | "Observe"): Promise<void> {
  const here = page.url();
  await page.getByRole("radiogroup", { name: "Mode of payments" }).getByRole("radio", { name: mode }).click();
  if (mode === "Enforce") {
    await expect(page.getByRole("list", { name: "Policies" })).toContainText("v2");
    await page.getByRole("button", { name: /Guard$/ }).click();
    // The orders of this journey are no ordinary load: the guard would call them harm.
    await page.getByRole("checkbox", { name: /^Watch what happens/ }).uncheck();
    await page.getByRole("button", { name: "Enforce service shop/payments" }).click();
    await expect(page).toHaveURL(/\/enforcements\/\d+/);
    await page.goto(here);
    return;
  }
  const dialog = page.getByRole("dialog", { name: `${mode} for payments?` });
  await expect(dialog).toContainText("v2");
  await dialog.getByRole("button", { name: `${mode} for payments` }).click();
  await expect(dialog).toBeHidden();
}
