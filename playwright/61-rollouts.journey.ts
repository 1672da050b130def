import { fits, violations } from "./accessibility.ts";
import { drag, pull } from "./drag.ts";
import { expect, test } from "./journey.ts";
import { misbehave } from "./misbehave.ts";
import {
  ask,
  forth,
  openEvidence,
  phase,
  planOfPayments,
  removeCanary,
  start,
  writeAnotherPlan,
} from "./rollout-steps.ts";
import { everybodyPaysAt, keepOrdering } from "./shop.ts";

/**
 * What a rollout promises, with orders coming all the while: a good version takes over by itself, one that fails and one that is
 * slow go back by themselves, and on what numbers stands in the log for ever. Where requests went is the shop's own word.
 */
test("a plan is drawn by mouse and keys, and says what it would see before it is started", async ({
  page,
}) => {
  await page.goto(planOfPayments);
  const weight = page.getByRole("slider", { name: "Weight of step 2" });
  const time = page.getByRole("slider", { name: "Time of step 1" });
  await expect(page.getByText(/^v2 gets about \d/).first()).toBeVisible();

  await test.step("the top of a step is dragged for its weight, its border for its time", async () => {
    await drag(page, "Weight of step 2", { up: 20 });
    await expect(weight).toHaveAttribute("aria-valuetext", /^3\d % of the requests go to v2$/);
    const before = await time.boundingBox();
    await drag(page, "Time of step 1", { right: 80 });
    await expect(time).not.toHaveAttribute("aria-valuetext", "5 min");
    expect((await time.boundingBox())?.x).not.toBe(before?.x);
  });

  await test.step("Escape takes a drag back, of a weight as of a time", async () => {
    for (const [handle, by] of [
      [weight, { up: 30 }],
      [time, { right: 60 }],
    ] as const) {
      const before = (await handle.getAttribute("aria-valuetext")) ?? "";
      await pull(page, handle, by);
      await expect(handle).not.toHaveAttribute("aria-valuetext", before);
      await page.keyboard.press("Escape");
      await expect(handle).toHaveAttribute("aria-valuetext", before);
      await page.mouse.move(400, 300, { steps: 2 });
      await page.mouse.up();
      await expect(handle).toHaveAttribute("aria-valuetext", before);
    }
  });

  await test.step("the same by keys; fields and neighbours follow", async () => {
    await weight.press("End");
    await expect(page.getByRole("spinbutton", { name: "Weight of step 2 in per cent" })).toHaveValue("49");
    await time.press("Home");
    await expect(page.getByRole("textbox", { name: "Time of step 1 in words" })).toHaveValue("0 s");
  });

  await test.step("what is wrong is told at its place, and cannot be started", async () => {
    const startButton = page.getByRole("button", { name: "Start the rollout…" });
    await expect(startButton).toBeEnabled();
    await page.getByRole("textbox", { name: "Longest time of the rollout" }).fill("2 min");
    await expect(page.getByText(/longer than the plan may last/)).toBeVisible();
    await expect(startButton).toBeDisabled();
  });

  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
});

test("a version that fails is taken back by itself, with the evidence of that moment kept", async ({
  page,
}) => {
  test.setTimeout(150_000);
  misbehave("v2", "--error-rate", "0.9");
  const shop = keepOrdering();
  try {
    await start(page, [20, 100]);
    await expect(phase(page, "rolled back")).toBeVisible({ timeout: 120_000 });
    await expect(
      page.getByText("v2 was taken back by itself: all requests of payments went back to v1."),
    ).toBeVisible();
  } finally {
    misbehave("v2", "--off");
    await shop.stop();
  }
  await openEvidence(page, "Rolled back");
  const evidence = page.getByRole("region", { name: "Evidence of rolled back" });
  await expect(evidence.getByRole("region", { name: "Success rate" })).toContainText("worse");
  await expect(
    evidence.getByRole("img", { name: /^Difference of the canary from the baseline/ }),
  ).toBeVisible();
  await expect(evidence.getByRole("row", { name: /v2 canary/ })).toContainText("%");
  expect(await violations(page)).toEqual([]);

  await page.reload();
  await expect(evidence, "a link leads to the evidence").toContainText("worse");
  await everybodyPaysAt("v1");
});

test("a version that is slow is taken back by itself, by what it takes beside the other", async ({
  page,
}) => {
  test.setTimeout(150_000);
  misbehave("v2", "--extra-ms", "900");
  const shop = keepOrdering();
  try {
    await start(page, [20, 100], forth, "latency: { quantile: 0.9, margin: 0.25 }");
    await expect(phase(page, "rolled back")).toBeVisible({ timeout: 120_000 });
  } finally {
    misbehave("v2", "--off");
    await shop.stop();
  }
  await openEvidence(page, "Rolled back");
  const evidence = page.getByRole("region", { name: "Evidence of rolled back" });
  const latency = evidence.getByRole("region", { name: /^Latency/ });
  await expect(latency).toContainText("worse");
  await expect(
    latency.getByRole("img", { name: /^Difference of the canary from the baseline/ }),
  ).toBeVisible();
  await everybodyPaysAt("v1");
});

test("a good version goes from 5 % to 100 % by itself", async ({ page }) => {
  test.setTimeout(240_000);
  const shop = keepOrdering();
  try {
    await start(page, [5, 50, 100]);
    await expect(page.getByText(/^Step 1 began .*: it counts from the first evidence of it/)).toBeVisible();

    await test.step("its weights are its own meanwhile", async () => {
      const rollout = page.url();
      await page.goto("/canaries/shop/payments");
      await expect(page.getByText(/^Steered by rollout \d+: v1 to v2/)).toBeVisible();
      await expect(page.getByRole("slider", { name: "Weight of v2" })).toBeHidden();
      await expect(page.getByRole("link", { name: "Start a rollout" })).toBeHidden();
      await page.goto("/?node=shop/payments");
      await page.getByRole("link", { name: /^Rollout \d+: v1 to v2/ }).click();
      await expect(page).toHaveURL(new RegExp(new URL(rollout).pathname));
      await page.goto(rollout);
    });

    await test.step("it can be paused, and goes on", async () => {
      await ask(page, "Pause rollout", "Traffic stays as it is");
      await expect(phase(page, "paused")).toBeVisible();
      await ask(page, "Resume rollout", "Traffic stays as it is");
      await expect(phase(page, "running")).toBeVisible();
    });

    await expect(phase(page, "succeeded")).toBeVisible({ timeout: 180_000 });
  } finally {
    await shop.stop();
  }
  const log = page.getByRole("list", { name: "Events, newest first" });
  await expect(log.getByRole("button", { name: /^Next step .*by itself/ })).toHaveCount(2);
  await everybodyPaysAt("v2");

  await test.step("the list tells of all three", async () => {
    await page.getByRole("link", { name: "Rollouts" }).first().click();
    const over = page.getByRole("region", { name: "Over" }).getByRole("listitem");
    await expect(over.nth(0)).toContainText("succeeded");
    await expect(over.nth(1)).toContainText("rolled back");
    await expect(over.nth(2)).toContainText("rolled back");
    expect(await violations(page)).toEqual([]);
  });

  await test.step("the same way back, at once, leaves the shop as it was", async () => {
    await start(page, [100], { from: "v2", to: "v1" });
    await ask(page, "Finish now", "The rollout has succeeded at once");
    await expect(phase(page, "succeeded")).toBeVisible();
    await removeCanary(page);
    await everybodyPaysAt("v1");
  });
});

test("one that another release wrote says so on its page, and can be aborted there", async ({ page }) => {
  await start(page, [20, 100]);
  const id = Number(new URL(page.url()).pathname.split("/").at(-1));
  await writeAnotherPlan(id);
  await page.reload();
  await expect(page.getByRole("heading", { name: `Rollout ${id} of shop/payments` })).toBeVisible();
  const row = page.getByRole("list", { name: "Rollouts that cannot be read" }).getByRole("listitem");
  await expect(row).toContainText("quantum");
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: `Abort rollout ${id}` }).click();
  const dialog = page.getByRole("dialog", { name: `Abort rollout ${id} of shop/payments?` });
  await expect(dialog).toContainText("All requests go to its baseline");
  await dialog.getByRole("button", { name: "Abort" }).click();
  await expect(page.getByText("It is over, and what is known of it is kept.")).toBeVisible();
  await expect(page.getByRole("button", { name: `Abort rollout ${id}` })).toBeHidden();
  const events = page.getByRole("list", { name: "Events, newest first" }).getByRole("listitem");
  await expect(events.first()).toContainText("all requests go to v1");

  await removeCanary(page);
  await everybodyPaysAt("v1");
});
