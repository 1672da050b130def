import type { MeshConfig } from "@weir/domain";
import { createRegistry } from "@weir/telemetry/process";
import { expect, test } from "vitest";
import { createMeters } from "../meters.ts";
import { Snapshots } from "./snapshots.ts";

const config = (mode: "observe" | "enforce", revision = 1): MeshConfig & { revision: number } => ({
  revision,
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

test("a snapshot names the config that made it another, not one that left it as it was", () => {
  const { snapshots } = create();
  const endpoint = { namespace: "shop", service: "cart", version: "v1", address: "127.0.0.1:9001" };
  const revisionOf = (state: Parameters<typeof snapshots.replace>[0]) => {
    snapshots.replace(state);
    return snapshots.of("shop")?.revision;
  };
  expect(revisionOf({ config: config("observe", 5), endpoints: [] }), "nothing is known before").toBe(0);
  expect(revisionOf({ config: config("enforce", 6), endpoints: [] }), "a change").toBe(6);
  expect(revisionOf({ config: config("enforce", 7), endpoints: [] }), "of another namespace").toBe(6);
  expect(revisionOf({ config: config("enforce", 7), endpoints: [endpoint] }), "of endpoints").toBe(6);
  expect(revisionOf({ config: config("observe", 8), endpoints: [endpoint] }), "another change").toBe(8);
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
