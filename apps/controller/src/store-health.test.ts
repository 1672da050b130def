import { createLogger } from "@weir/telemetry/process";
import { expect, test } from "vitest";
import { StoreHealth } from "./store-health.ts";

test("one failing use makes the whole not ready, with its reason, until that use succeeds", () => {
  const health = new StoreHealth(createLogger("test", "silent"));
  expect(health.readiness()).toEqual({ ready: true });
  health.failed("leases", new Error("refused"));
  health.failed("snapshots", new Error("gone"));
  expect(health.readiness()).toEqual({ ready: false, reason: "leases: refused" });
  health.ok("leases");
  health.ok("status");
  expect(health.readiness()).toEqual({ ready: false, reason: "snapshots: gone" });
  health.ok("snapshots");
  expect(health.readiness()).toEqual({ ready: true });
});
