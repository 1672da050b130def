import type { MeshConfig } from "@weir/domain";
import { createRegistry } from "@weir/telemetry/process";
import { expect, test } from "vitest";
import { createMeters } from "../meters.ts";
import { Snapshots } from "./snapshots.ts";

const config = (mode: "observe" | "enforce"): MeshConfig => ({
  mesh: { mode, hold: false },
  namespaces: [],
  services: [{ namespace: "shop", name: "cart", hosts: [], protocol: "http" }],
  policies: [],
});

function create() {
  const registry = createRegistry("test");
  return { registry, snapshots: new Snapshots(createMeters(registry)) };
}

test("before anything was read there is no snapshot, not an empty one", () => {
  const { snapshots } = create();
  expect(snapshots.of("shop")).toBeUndefined();
  expect(snapshots.endpoints).toBeUndefined();
});

test("each namespace has its own, compiled once until the state is replaced", () => {
  const { snapshots } = create();
  snapshots.replace({ config: config("observe"), endpoints: [] });
  const shop = snapshots.of("shop");
  expect(snapshots.of("shop")).toBe(shop);
  expect(snapshots.of("lab")?.version).not.toBe(shop?.version);
  snapshots.replace({ config: config("observe"), endpoints: [] });
  expect(snapshots.of("shop")).not.toBe(shop);
  expect(snapshots.of("shop")?.version).toBe(shop?.version);
  snapshots.replace({ config: config("enforce"), endpoints: [] });
  expect(snapshots.of("shop")?.version).not.toBe(shop?.version);
});

test("metrics name the versions in force and no old ones", async () => {
  const { registry, snapshots } = create();
  snapshots.replace({ config: config("observe"), endpoints: [] });
  const before = snapshots.of("shop")!.version;
  snapshots.replace({ config: config("enforce"), endpoints: [] });
  const after = snapshots.of("shop")!.version;
  const text = await registry.getSingleMetricAsString("weir_controller_snapshot_info");
  expect(text).toContain(`weir_controller_snapshot_info{namespace="shop",version="${after}"} 1`);
  expect(text).not.toContain(before);
});
