import { expect, test } from "./journey.ts";

test("a plan is tried on what really came, before anybody starts it", async ({ page }) => {
  const panel = page.locator("section", {
    has: page.getByRole("heading", { name: "What if the canary were bad?" }),
  });
  const answer = panel.getByRole("status");
  await page.goto("/rollouts/new?service=shop/payments&window=15m&errors=%2B50%25");

  await test.step("the answer is one sentence, with when the runs were caught along the plan", async () => {
    await expect(answer).toHaveText(
      /^A canary that fails 50 points more often would .*had all gone to it at once\.$/,
    );
    await expect(panel.getByRole("img", { name: /^Runs over time: .*steps began at 0 s/ })).toBeVisible();
    await expect(panel.getByText("Runs caught", { exact: true })).toBeVisible();
  });

  await test.step("by keys it is made worse and slower, and the address says so", async () => {
    await panel.getByRole("slider", { name: "Fails" }).press("End");
    await panel.getByRole("slider", { name: "Takes" }).press("ArrowRight");
    await expect(answer).toHaveText(
      /^A canary that fails 100 points more often and takes 1\.1 times as long would/,
    );
    await expect(page).toHaveURL(/errors=%2B100%25|errors=\+100%25/);
    await expect(page).toHaveURL(/latency=x1\.1/);
  });

  await test.step("whoever opens the address sees the same", async () => {
    await page.reload();
    await expect(answer).toHaveText(
      /^A canary that fails 100 points more often and takes 1\.1 times as long would/,
    );
  });

  await test.step("a good one is told how long it would take, and what it lacks", async () => {
    await panel.getByRole("slider", { name: "Fails" }).press("Home");
    await panel.getByRole("slider", { name: "Takes" }).press("Home");
    await expect(answer).toHaveText(/^A canary as good as the baseline would (?:not )?have come to its end/);
  });
});
