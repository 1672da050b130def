import { drawnIn, fits, violations } from "./accessibility.ts";
import { expect, test } from "./journey.ts";

const plan = `# of release 2.4
name: payments-v2
namespace: shop
targetRef: payments
baseline: v1
canary: v2
steps:
  - { weight: 10, forMs: 60000 } # a look
  - { weight: 100, forMs: 60000 }
`;

test("checks by others are written as fields, in step with the YAML and its comments", async ({ page }) => {
  await page.goto("/rollouts/new?service=shop/payments&yaml=true");
  await page.getByLabel("Import").setInputFiles({
    ...{ name: "plan.yaml", mimeType: "application/yaml", buffer: Buffer.from(plan) },
  });
  const yaml = page.getByRole("textbox", { name: "Plan as YAML" });
  const start = page.getByRole("button", { name: "Start the rollout…" });
  await expect(page.getByRole("listitem", { name: /^Step \d+$/ }), "the imported steps").toHaveCount(2);
  await expect(start).toBeEnabled();

  await test.step("a query is added by the keyboard, which goes to its name", async () => {
    const queries = page.getByRole("region", { name: "Prometheus queries" });
    await queries.getByRole("button", { name: "Query" }).focus();
    await page.keyboard.press("Enter");
    const name = page.getByRole("textbox", { name: "Name of query 1" });
    await expect(name).toBeFocused();
    await name.fill("lost orders");
    await page.getByRole("textbox", { name: "URL of the server of query 1" }).fill("http://prometheus:9090");
    await page.getByRole("textbox", { name: "Query, in PromQL, of query 1" }).fill("sum(orders_lost)");
    await expect(queries.getByText(/must have min, max or both/)).toBeVisible();
    await expect(start).toBeDisabled();
    await page.getByRole("spinbutton", { name: "Greatest value of query 1" }).fill("0.5");
    await expect(queries.getByText(/must have min, max or both/)).toBeHidden();
    await expect(start).toBeEnabled();
    await expect(yaml).toContainText("query: sum(orders_lost)");
  });

  await test.step("a webhook says beside its field what is wrong with it", async () => {
    const webhooks = page.getByRole("region", { name: "Webhooks" });
    await webhooks.getByRole("button", { name: "Webhook", exact: true }).click();
    const url = page.getByRole("textbox", { name: "URL of webhook 1" });
    await url.fill("gate");
    await expect(url).toHaveAccessibleDescription(/must be an http or https URL/);
    await url.fill("http://gate");
    const when = page.getByRole("combobox", { name: "When of webhook 1" });
    await when.click();
    await page.getByRole("option", { name: "pre" }).click();
    await expect(when).toHaveAccessibleDescription(/pre needs a first step of weight 0/);
    await when.click();
    await page.getByRole("option", { name: "step" }).click();
    await expect(when).not.toHaveAccessibleDescription(/pre needs/);
    await page.getByRole("button", { name: "Make a secret for webhook 1" }).click();
    await expect(page.getByRole("textbox", { name: "Secret of webhook 1" })).toHaveValue(/^whsec_/);
    await expect(start).toBeEnabled();
  });

  await test.step("the text has all of it, and the comments that it came with", async () => {
    await expect(yaml).toContainText("# of release 2.4");
    await expect(yaml).toContainText("# a look");
    await expect(yaml).toContainText("when: step");
  });

  for (const colorScheme of ["dark", "light"] as const) {
    await drawnIn(page, colorScheme);
    expect(await violations(page, "main"), colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);

  await test.step("what is removed is gone from the text, and the keyboard goes on at what adds", async () => {
    await page.getByRole("button", { name: "Remove query 1" }).click();
    await expect(page.getByRole("button", { name: "Query", exact: true })).toBeFocused();
    await expect(yaml).not.toContainText("orders_lost");
  });
});
