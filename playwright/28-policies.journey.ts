import type { Page } from "@playwright/test";
import { expect, test } from "./journey.ts";

/** Of this run alone: its revisions would go on counting from those of the run before. */
const name = `cart-limit-${Date.now().toString(36)}`;

test("a policy is drafted, judged as one types, saved, changed and brought back", async ({ page }) => {
  await test.step("a template of a rate limit, whose mistake is told at its line", async () => {
    await page.goto("/policies");
    await page.getByRole("link", { name: "New policy" }).click();
    await page.goto("/policies/new?kind=rateLimit&target=shop/cart");
    await expect(editor(page)).toContainText("maxTokens: 200");
    await write(page, limit("many"));
    await expect(page.getByRole("list", { name: "Findings" })).toContainText("line 5");
    await expect(page.getByRole("button", { name: "Save as a new policy" })).toBeDisabled();
  });

  await test.step("mended and saved, it has a page, and begins in observe", async () => {
    await write(page, limit("40"));
    await save(page, "Save as a new policy", "carts are many");
    await expect(page).toHaveURL(new RegExp(`/policies/shop/${name}\\?`));
    await expect(page.getByRole("row", { name: /carts are many/ })).toContainText("live");
    await expect(page.getByRole("main")).toContainText("observe");
  });

  await test.step("a member is completed by the schema, and what differs is shown", async () => {
    await write(page, `${limit("40")}overr`);
    await expect(page.getByRole("option", { name: /overrides/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await write(page, limit("50"));
    await page.getByRole("button", { name: "Show what differs" }).click();
    await expect(page.locator(".cm-deletedChunk")).toContainText("maxTokens: 40");
    await save(page, "Save as the next revision");
    await expect(page.getByRole("table", { name: "Revisions of this policy" }).getByRole("row")).toHaveCount(
      3,
    );
  });

  await test.step("a field of the form changes its line of the YAML, and the comment beside it stays", async () => {
    await write(page, `${limit("50").trimEnd()} # twenty a second\n`);
    const form = page.getByRole("form", { name: "Policy as a form" });
    await expect(form.getByRole("textbox", { name: "maxTokens" })).toHaveValue("50");
    await form.getByRole("textbox", { name: "fillIntervalMs" }).fill("10");
    await expect(editor(page)).toContainText("fillIntervalMs: 10 # twenty a second");
    await expect(form.getByRole("textbox", { name: "fillIntervalMs" })).toHaveAccessibleDescription(
      /50 ms or more/,
    );
    await form.getByRole("textbox", { name: "fillIntervalMs" }).fill("500");
    await expect(editor(page)).toContainText("fillIntervalMs: 500 # twenty a second");
    await form.getByRole("button", { name: "Add overrides" }).click();
    await form.getByRole("radio", { name: "exact" }).click();
    await expect(editor(page)).toContainText("exact: /");
    await form.getByRole("button", { name: "Remove overrides", exact: true }).click();
    await expect(editor(page)).not.toContainText("overrides");
    await write(page, "kind: [");
    await expect(page.getByText("The form waits until the YAML")).toBeVisible();
    await page.getByRole("button", { name: "Discard the draft" }).click();
    await expect(form.getByRole("textbox", { name: "maxTokens" })).toHaveValue("50");
  });

  await test.step("the revision before is one click away, and so is the whole policy once it is deleted", async () => {
    await page.getByRole("button", { name: "Restore revision 1" }).click();
    await expect(editor(page)).toContainText("maxTokens: 40");
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete the policy" }).click();
    await expect(page.getByText("This policy was deleted.")).toBeVisible();
    await page.getByRole("button", { name: "Restore revision 2" }).click();
    await expect(editor(page)).toContainText("maxTokens: 50");
  });
});

test("two people edit at once: the second is told, both texts are kept, and nothing is overwritten", async ({
  page,
  context,
}) => {
  const address = `/policies/shop/${name}`;
  await page.goto(address);
  await expect(editor(page)).toContainText("maxTokens: 50");
  await write(page, limit("60"));
  const other = await context.newPage();
  await other.goto(address);
  await expect(editor(other)).toContainText("maxTokens: 50");
  await write(other, limit("80"));
  await save(other, "Save as the next revision");
  await page.bringToFront();
  await expect(page.getByRole("alert").filter({ hasText: "Somebody changed this policy" })).toBeVisible();
  await expect(editor(page)).toContainText("maxTokens: 60");
  await page.getByRole("button", { name: "Compare mine with theirs" }).click();
  await expect(page.locator(".cm-deletedChunk")).toContainText("maxTokens: 80");
  await page.getByRole("button", { name: "Take theirs" }).click();
  await expect(editor(page)).toContainText("maxTokens: 80");
});

test("a file is imported once it was said what it would put in place of what, and wrong ones are refused", async ({
  page,
}) => {
  await page.goto("/policies");
  const dialog = page.getByRole("dialog", { name: /^Import / });
  const inForce = dialog.getByRole("button", { name: "Put 1 policy in force" });
  await choose(page, limit("85"));
  await inForce.click();
  await expect(dialog).toBeHidden();
  await choose(page, limit("wrong"));
  await expect(dialog.getByRole("list", { name: "Findings" })).toContainText("line 5");
  await expect(dialog.getByRole("button", { name: /in force$/ })).toBeDisabled();
  await page.keyboard.press("Escape");
  await choose(page, limit("90"));
  await expect(dialog).toContainText(/in place of revision \d+/);
  await inForce.click();
  await expect(dialog).toBeHidden();
  await page.getByRole("searchbox", { name: "Policies with" }).fill(name);
  await page.getByRole("link", { name }).click();
  await expect(editor(page)).toContainText("maxTokens: 90");
});

test("an import writes over nobody's change: what came meanwhile, or since the file was made, is shown beside it", async ({
  page,
  context,
}) => {
  const dialog = page.getByRole("dialog", { name: /^Import / });
  const inForce = dialog.getByRole("button", { name: "Put 1 policy in force" });
  const changed = dialog.getByRole("region", { name: "Changed meanwhile" });

  await test.step("a file that was made from an older revision", async () => {
    await page.goto("/policies");
    await choose(page, `# revision 1\n${limit("91")}`);
    await expect(changed).toContainText("was made from revision 1");
    await expect(changed).toContainText("-maxTokens: 90");
    await expect(inForce).toBeDisabled();
    await page.keyboard.press("Escape");
  });

  await test.step("a revision that is saved while the dialog is open", async () => {
    await choose(page, limit("91"));
    await expect(inForce).toBeEnabled();
    const other = await context.newPage();
    await other.goto(`/policies/shop/${name}`);
    await expect(editor(other)).toContainText("maxTokens: 90");
    await write(other, limit("95"));
    await save(other, "Save as the next revision");
    await other.close();
    await page.bringToFront();
    await expect(async () => {
      if (await inForce.isEnabled()) await inForce.click({ timeout: 1_000 }); // unless it is shown by now
      await expect(changed).toContainText("-maxTokens: 95", { timeout: 2_000 });
    }).toPass();
    await expect(inForce).toBeDisabled();
    await dialog.getByRole("checkbox", { name: "Write over what is in force" }).check();
    await inForce.click();
    await expect(dialog).toBeHidden();
  });
});

function limit(tokens: string): string {
  const rest = `maxTokens: ${tokens}\ntokensPerFill: 20\nfillIntervalMs: 1000\n`;
  return `kind: rateLimit\nname: ${name}\nnamespace: shop\ntargetRef: cart\n${rest}`;
}

function editor(page: Page) {
  return page.getByRole("textbox", { name: "Policy as YAML" });
}

/** In place of what stands there. Not by single keys: the editor would indent and close brackets by itself. */
async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

async function save(page: Page, label: string, reason = ""): Promise<void> {
  await page.getByRole("button", { name: label }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /^Reason/ }).fill(reason);
  await dialog.getByRole("button", { name: label }).click();
  await expect(dialog).toBeHidden();
}

async function choose(page: Page, text: string): Promise<void> {
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "policies.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) });
}
