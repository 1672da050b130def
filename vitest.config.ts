import { defineConfig } from "vitest/config";

export default defineConfig({
  // Vite would take the console's PostCSS and tsconfig for its own; tests need neither.
  css: { postcss: {} },
  test: {
    include: ["{packages,apps}/**/src/**/*.test.{ts,tsx}", "{docker,bench}/**/*.test.ts"],
    globalSetup: ["packages/testkit/src/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Of a test that hangs; what takes 3 s alone took 11 s beside much else.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // Vitest's own second is short for a machine that has much else to do.
    expect: { poll: { timeout: 10_000 } },
    // On a machine that others load, one of thousands of tests with real clocks and sockets may stumble. Whatever
    // needs a second try is told by name before the verdict.
    retry: process.env.CI === "true" ? 1 : 0,
  },
});
