import type { Page } from "@playwright/test";
import { drawnIn, violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";
import { browse, countPayments } from "./shop.ts";

/** Of this run alone: revisions of a policy that was deleted before would go on counting. */
const run = Date.now().toString(36);

test("an authorization that would break a caller is stopped by what it says, mended, and enforced", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const name = `who-may-${run}`;
  await page.goto("/policies/new?kind=authorization&target=shop/inventory");
  await write(page, name, "inventory", allowing("checkout"), "Save as a new policy");

  await test.step("who would be denied stands first, with requests to look at; and nobody has agreed", async () => {
    await page.getByRole("link", { name: "Enforce…" }).click();
    const denied = page.getByRole("list", { name: "Callers that would be denied" });
    await expect(denied).toContainText(/shop\/storefront\s*all of its/, { timeout: 60_000 });
    await expect(denied.getByRole("link", { name: /^Example: trace/ }).first()).toHaveAttribute(
      "href",
      /\/traces\/[0-9a-f]{32}/,
    );
    for (const colorScheme of ["dark", "light"] as const) {
      await drawnIn(page, colorScheme);
      expect(await violations(page, "main"), colorScheme).toEqual([]);
    }
    await page.getByRole("button", { name: /Agree/ }).click();
    await expect(page).toHaveURL(/step=consent/);
    await expect(page.getByRole("checkbox", { name: /Deny shop\/storefront/ })).not.toBeChecked();
    await expect(page.getByRole("button", { name: "Next: the guard" })).toBeDisabled();
    await page.getByRole("button", { name: /Guard$/ }).click();
    await expect(page.getByRole("button", { name: `Enforce policy shop/${name}` })).toBeDisabled();
  });

  await test.step("mended, it denies nobody", async () => {
    await page.getByRole("button", { name: /What would happen$/ }).click();
    await page.getByRole("link", { name: `Change shop/${name}` }).click();
    await write(page, name, "inventory", allowing("checkout, storefront"), "Save as the next revision");
    await page.getByRole("link", { name: "Enforce…" }).click();
    await expect(page.getByText(/^Nobody: of the requests that these policies judged/)).toBeVisible({
      timeout: 60_000,
    });
    // Of a few requests of a caller alone nothing is predicted.
    await browse(100);
    await expect(page.getByRole("list", { name: "Policies" })).toContainText(
      /no effect on any of [\d,]{3,} requests/,
      { timeout: 60_000 },
    );
  });

  await test.step("enforced, the guard compares what happens with what was said, and can be told to go", async () => {
    await page.getByRole("button", { name: "Next: what to agree to" }).click();
    // Once both callers have been judged by the revision that was just saved.
    await expect(page.getByText("there is nothing to agree to")).toBeVisible({ timeout: 120_000 });
    await page.getByRole("button", { name: "Next: the guard" }).click();
    await page.getByRole("textbox", { name: /^Reason/ }).fill("mended first");
    await page.getByRole("button", { name: `Enforce policy shop/${name}` }).click();
    await expect(page).toHaveURL(/\/enforcements\/\d+/);
    const checks = page.getByRole("region", { name: "Predicted and actual" }).first();
    await expect(checks.getByRole("row", { name: new RegExp(`${name} acts.*storefront`) })).toContainText(
      /0.%[1-9]\d*$/,
      {
        timeout: 60_000,
      },
    );
    const course = (of: string) => page.getByRole("img", { name: new RegExp(`^${of}: now`) });
    await expect(course(`${name} on shop/storefront`), "over time, beside what may be").toHaveAccessibleName(
      /acts 0.%, predicted 0.%, may be \d/,
    );
    await expect(course("Latency")).toHaveAccessibleName(/before .*may be/);
    expect(await course("Latency").evaluate(roomOfMark), "no line goes through its words").toBeGreaterThan(0);
    for (const colorScheme of ["dark", "light"] as const) {
      await drawnIn(page, colorScheme);
      expect(await violations(page, "main"), colorScheme).toEqual([]);
    }
    await page.getByRole("button", { name: "Take back now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take back now" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Taken back by hand." })).toBeVisible();
    await page.reload();
    await expect(course(`${name} on shop/storefront`), "it stays").toBeVisible();
  });

  await test.step("and it is observed again", async () => {
    await page.goto(`/policies/shop/${name}`);
    await expect(page.getByRole("link", { name: "Enforce…" })).toBeVisible();
    await remove(page);
  });
});

test("an enforced limit is taken back by the guard when reality disagrees, saying why", async ({ page }) => {
  test.setTimeout(300_000);
  const name = `limit-${run}`;
  await page.goto("/policies/new?kind=rateLimit&target=shop/payments");
  const few = "maxTokens: 10\ntokensPerFill: 4\nfillIntervalMs: 1000\n";
  await write(page, name, "payments", `kind: rateLimit\n${few}`, "Save as a new policy");

  await test.step("by the shop's usual load it limits nobody", async () => {
    await page.getByRole("link", { name: "Enforce…" }).click();
    await expect(page.getByText(/^Nobody: of the requests that these policies judged/)).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByRole("list", { name: "Policies" })).toContainText(
      /no effect on any of [1-9]\d+ requests/,
      {
        timeout: 90_000,
      },
    );
    await page.getByRole("button", { name: /Agree/ }).click();
    // Payments are seldom asked for: a few requests are no evidence, and that is to be agreed to.
    await expect(async () => {
      await expect(page.getByText("What you agree to")).toBeVisible();
      const open = page.getByRole("checkbox", { checked: false });
      while ((await open.count()) > 0) await open.first().check({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await page.getByRole("button", { name: /Guard$/ }).click();
    const rise = page.getByRole("spinbutton", { name: "Rise of p99" });
    await rise.fill("");
    await rise.pressSequentially("2");
    await expect(page.getByText("From 5 to 1,000 %.")).toBeVisible();
    await expect(page.getByRole("button", { name: `Enforce policy shop/${name}` })).toBeDisabled();
    await rise.pressSequentially("5");
    await expect(rise).toHaveValue("25");
    // So many orders make payments slow as well; this journey is about what the limit does to them.
    await page.getByRole("spinbutton", { name: "or, if that is more" }).fill("60000");
    await page.getByRole("spinbutton", { name: "More failures than before" }).fill("90");
    await page.getByRole("button", { name: `Enforce policy shop/${name}` }).click();
    await expect(page.getByText("watched", { exact: true })).toBeVisible();
  });

  await test.step("then many more order than ever before", async () => {
    const said = page.getByRole("status").filter({ hasText: /^Taken back\. policy/i });
    let isOver = false;
    const crowd = async () => {
      while (!isOver) await countPayments(60);
    };
    const ordering = crowd();
    try {
      await expect(said).toContainText(/acted on \d+(\.\d+)? % of \d+ requests of shop\/checkout/, {
        timeout: 150_000,
      });
    } finally {
      isOver = true;
      await ordering;
    }
  });

  await test.step("which stands in the history with its numbers, and in the audit as the guard's", async () => {
    await page.getByText("The numbers as they were").first().click();
    await expect(page.getByLabel("past its budget").first()).toBeVisible();
    await page.goto(`/policies/shop/${name}`);
    await expect(page.getByRole("row", { name: /weir.*taken back\. policy/ })).toContainText("live");
    await expect(page.getByRole("link", { name: "Enforce…" })).toBeVisible();
    await remove(page);
  });
});

/** Pixels between the words at the moment of the switch and the highest line of a chart. */
function roomOfMark(chart: Element): number {
  const words = [...(chart.parentElement?.querySelectorAll("span") ?? [])].find(
    ({ textContent, childElementCount }) => textContent === "enforced" && childElementCount === 0,
  );
  if (words === undefined) return Number.NaN;
  const text = document.createRange();
  text.selectNodeContents(words);
  const lines = [...chart.querySelectorAll("path")].map((line) => line.getBoundingClientRect().top);
  return Math.min(...lines) - text.getBoundingClientRect().bottom;
}

const allowing = (services: string) =>
  `kind: authorization\nrules: [{ from: [{ services: [${services}] }] }]\n`;

/** The policy in place of what stands there, saved. */
async function write(page: Page, name: string, target: string, text: string, action: string): Promise<void> {
  await page.getByRole("textbox", { name: "Policy as YAML" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(`name: ${name}\nnamespace: shop\ntargetRef: ${target}\n${text}`);
  await page.getByRole("button", { name: action }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: action }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`/policies/shop/${name}`));
}

async function remove(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete the policy" }).click();
  await expect(page.getByText("This policy was deleted.")).toBeVisible();
}
