import { defineConfig } from "@playwright/test";
import { consoleUrl } from "./whole-start.ts";

const ci = process.env.CI === "true";
const executablePath = process.env.WEIR_CHROMIUM;

/** Journeys share one mesh and change its modes, so they run one after the other, in the order of their names. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.journey.ts",
  outputDir: ".output",
  workers: 1,
  fullyParallel: false,
  forbidOnly: ci,
  // As in vitest.config.ts: what needs it is told before the verdict.
  retries: ci ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  globalSetup: "./global-setup.ts",
  use: {
    actionTimeout: 15_000,
    baseURL: consoleUrl,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ["--no-sandbox", "--disable-background-networking", "--disable-quic"],
    },
  },
});
