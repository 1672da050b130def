import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./journey.ts";

/** Of this run alone. */
const name = `inherit-${Date.now().toString(36)}`;
const policy = { namespace: "shop", name };
const payments = { scope: "service", namespace: "shop", name: "payments" };

test("inheriting enforce is guided as enforcing is, and releasing a hold says how many policies act again", async ({
  page,
  request,
}) => {
  await test.step("payments observes in a mesh that is enforced, and held so that nothing acts", async () => {
    await change(request, { scope: "hold", hold: true });
    await change(request, { ...payments, mode: "observe" });
    await change(request, { scope: "mesh", mode: "enforce" });
    await post(request, "policies.save", {
      text: `kind: rateLimit\nname: ${name}\nnamespace: shop\ntargetRef: payments\nmaxTokens: 100000\ntokensPerFill: 100000\nfillIntervalMs: 1000\n`,
      expectedRevision: 0,
    });
  });

  await test.step("to inherit leads to the guide, which says why", async () => {
    await page.goto("/services/shop/payments");
    await page.getByRole("radiogroup", { name: "Mode of payments" }).getByText("Inherit").click();
    await expect(page).toHaveURL(/\/enforcements\/new\?service=shop\/payments/);
    await expect(page.getByText("so inheriting from it would do the same")).toBeVisible();
    await expect(page.getByRole("list", { name: "Policies" })).toContainText(name);
  });

  await test.step("enforced meanwhile, it is among those that a release lets act again", async () => {
    await change(request, { ...payments, mode: "enforce" });
    await page.getByRole("button", { name: /^Mode of the mesh: hold/ }).click();
    await page.getByRole("button", { name: "Release the hold…" }).click();
    const dialog = page.getByRole("dialog", { name: "Release the hold?" });
    await expect(dialog).toContainText(/\d+ (policy begins|policies begin) to act again/);
    await expect(dialog).toContainText(name);
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });
});

test.afterEach("the mesh observes again", async ({ request }) => {
  await change(request, { scope: "mesh", mode: "observe" });
  await change(request, { ...payments, mode: null });
  await post(request, "policies.remove", { ...policy, expectedRevision: 1 });
  await change(request, { scope: "hold", hold: false });
});

const change = (request: APIRequestContext, wanted: object) =>
  post(request, "modes.change", { change: wanted });

async function post(request: APIRequestContext, procedure: string, data: object): Promise<void> {
  const response = await request.post(`/api/trpc/${procedure}`, { data });
  expect(response.ok(), await response.text()).toBe(true);
}
