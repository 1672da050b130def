import type { Page } from "@playwright/test";
import { openSql } from "@weir/store";
import { expect } from "./journey.ts";
import { startState } from "./start-processes.ts";

/** Where a rollout of the shop's payments is planned. */
export const planOfPayments = "/rollouts/new?service=shop/payments";

interface Way {
  readonly from: string;
  readonly to: string;
}

export const forth = { from: "v1", to: "v2" };

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
export async function start(
  page: Page,
  weights: readonly number[],
  way: Way = forth,
  checks: string = usual,
): Promise<void> {
  await page.goto(planOfPayments);
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
export async function writeAnotherPlan(id: number): Promise<void> {
  const sql = openSql(startState().databaseUrl, { applicationName: "journey", max: 1 });
  try {
    await sql`UPDATE rollout SET plan = plan || '{"quantum": true}' WHERE id = ${id}`;
  } finally {
    await sql.end();
  }
}

export async function removeCanary(page: Page): Promise<void> {
  await page.goto("/canaries/shop/payments");
  await page.getByRole("button", { name: "Remove canary" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove canary" }).click();
}

export function phase(page: Page, name: string) {
  return page.locator("header").getByText(name, { exact: true });
}

/** Presses a button of the rollout, and confirms what its dialog says of traffic. */
export async function ask(page: Page, what: string, effect: string): Promise<void> {
  await page.getByRole("button", { name: what, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(effect);
  await dialog.getByRole("button", { name: what, exact: true }).click();
  await expect(dialog).toBeHidden();
}

export async function openEvidence(page: Page, event: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${event} `) }).click();
  await expect(page).toHaveURL(/[?&]event=\d+/);
}
