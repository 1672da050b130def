import type { Locator, Page } from "@playwright/test";
import { openSql } from "@weir/store";
import { fits, violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";
import { misbehave } from "./misbehave.ts";
import { countPayments } from "./shop.ts";
import { startState } from "./start-processes.ts";

/**
 * What a rollout promises, with orders coming all the while: a good version takes over by itself, one that fails and one that is
 * slow go back by themselves, and on what numbers stands in the log for ever. Where requests went is the shop's own word.
 */
const service = "/rollouts/new?service=shop/payments";

test("a plan is drawn by mouse and keys, and says what it would see before it is started", async ({
  page,
}) => {
  await page.goto(service);
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

interface Way {
  readonly from: string;
  readonly to: string;
}

const forth = { from: "v1", to: "v2" };

/** For good and bad alike: wide margins, so that half a minute of orders is evidence enough. */
const usual = `successRate: { margin: 0.25 }
  sampleRatio: { tolerance: 0.5 }
  guards:
    - { kind: latency, quantile: 0.5, limitMs: 400 }`;

/** Short steps. */
function planOf(weights: readonly number[], { from, to }: Way, checks: string): string {
  return `name: payments-${to}
namespace: shop
targetRef: payments
baseline: ${from}
canary: ${to}
sticky: none
steps:
${weights.map((weight) => `  - { weight: ${weight}, forMs: 5000 }`).join("\n")}
checks:
  level: 0.05
  passLevel: 0.1
  ${checks}
`;
}

/** Imports a plan of these weights, and starts it once the dialog has said what will act. */
async function start(
  page: Page,
  weights: readonly number[],
  way: Way = forth,
  checks: string = usual,
): Promise<void> {
  await page.goto(service);
  await expect(page.getByText(/^v\d gets about \d/).first()).toBeVisible();
  await page.getByLabel("Import").setInputFiles({
    name: "plan.yaml",
    mimeType: "application/yaml",
    buffer: Buffer.from(planOf(weights, way, checks)),
  });
  await expect(page.getByRole("listitem", { name: /^Step \d+$/ })).toHaveCount(weights.length);
  await page.getByRole("button", { name: "Start the rollout…" }).click();
  const dialog = page.getByRole("dialog", { name: `Roll out ${way.to} of payments?` });
  await expect(dialog).toContainText("The split is enforced for every caller of shop/payments");
  await expect(dialog).toContainText(
    `At once ${weights[0] === 100 ? "all" : `${weights[0]} % of the`} requests go to ${way.to}`,
  );
  await dialog.getByRole("button", { name: "Start the rollout" }).click();
  await expect(page).toHaveURL(/\/rollouts\/\d+/);
  await expect(phase(page, "running")).toBeVisible();
}

/** As another release would: with a member that this one does not know. */
async function writeAnotherPlan(id: number): Promise<void> {
  const sql = openSql(startState().databaseUrl, { applicationName: "journey", max: 1 });
  try {
    await sql`UPDATE rollout SET plan = plan || '{"quantum": true}' WHERE id = ${id}`;
  } finally {
    await sql.end();
  }
}

async function removeCanary(page: Page): Promise<void> {
  await page.goto("/canaries/shop/payments");
  await page.getByRole("button", { name: "Remove canary" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove canary" }).click();
}

function phase(page: Page, name: string) {
  return page.locator("header").getByText(name, { exact: true });
}

/** Presses a button of the rollout, and confirms what its dialog says of traffic. */
async function ask(page: Page, what: string, effect: string): Promise<void> {
  await page.getByRole("button", { name: what, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(effect);
  await dialog.getByRole("button", { name: what, exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function openEvidence(page: Page, event: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${event} `) }).click();
  await expect(page).toHaveURL(/[?&]event=\d+/);
}

/** Drags a handle of the timeline by so many pixels. */
async function drag(page: Page, name: string, { up = 0, right = 0 }): Promise<void> {
  await pull(page, page.getByRole("slider", { name }), { up, right });
  await page.mouse.up();
}

/** The same without letting go. */
async function pull(page: Page, handle: Locator, { up = 0, right = 0 }): Promise<void> {
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error(`${handle} is not on the page`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height - 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + right, y - up, { steps: 6 });
}

/** Of sixty orders, some of which the shop may fail by itself, enough are taken, and all of them by that version. */
async function everybodyPaysAt(version: "v1" | "v2"): Promise<void> {
  const count = async () => {
    const counts = await countPayments(60);
    return { enough: counts.total > 50, others: counts.total - counts[version] };
  };
  const wanted = { enough: true, others: 0 };
  await expect.poll(count, { message: `everybody pays at ${version}`, timeout: 60_000 }).toEqual(wanted);
}

/** A dozen shoppers order, until they are told to stop. */
function keepOrdering(): { stop(): Promise<void> } {
  let open = true;
  const ordering = (async () => {
    while (open) await countPayments(36);
  })();
  return {
    async stop() {
      open = false;
      await ordering;
    },
  };
}
