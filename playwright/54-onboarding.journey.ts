import { execFileSync } from "node:child_process";
import { expect, test } from "./journey.ts";
import { startWhole, type WholeStart } from "./whole-start.ts";

const port = 3500;
let empty: WholeStart;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  empty = await startWhole(port, ["--no-demo"]);
});
test.afterAll(() => empty.stop());

test("an empty mesh says how to begin, and its map appears with what was pasted into a shell", async ({
  page,
}) => {
  await page.goto(`http://127.0.0.1:${port}/`);
  await expect(page.getByRole("heading", { name: /send the first telemetry/ })).toBeVisible();
  const checks = page.getByRole("list", { name: "How far it is" });
  await expect(checks.getByText("Database reachable: done")).toBeVisible();
  await expect(checks.getByText("Collector reachable: done")).toBeVisible();
  await expect(checks.getByText("First span received: not yet")).toBeVisible();
  await expect(page.getByText("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4818")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy the curl command" })).toBeVisible();

  const command = await page.locator("pre", { hasText: "/v1/traces" }).textContent();
  expect(execFileSync("sh", ["-c", command ?? ""], { encoding: "utf8" })).toBe("{}");
  await expect(page.getByRole("button", { name: /hello/ }).first()).toBeVisible();
});
