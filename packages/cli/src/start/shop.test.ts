import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { repositoryRoot } from "../config.ts";
import { dataDirAt } from "./data-dir.ts";
import { appProgram, loadgenProgram, sidecarProgram } from "./shop-children.ts";
import { readShop } from "./shop-file.ts";
import { shopPhases } from "./shop-phases.ts";
import { wellKnownPorts } from "./well-known-ports.mjs";

const shop = readShop(join(repositoryRoot, "apps/demo/shop.yaml"));
const ports = { app: 16_000, outbound: 16_001, inbound: 16_002, admin: 16_003 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "weir shop "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const surroundings = () => ({
  root: repositoryRoot,
  dataDir: dataDirAt(folder),
  ports: wellKnownPorts,
  weirEnv: { PATH: "/bin", LOG_LEVEL: "debug" },
  shopEnv: { PATH: "/bin" },
});

describe("the shop's file", () => {
  test("names at least nine services, one of them public, each with a program", () => {
    expect(new Set(shop.workloads.map(({ service }) => service)).size).toBeGreaterThanOrEqual(9);
    expect(shop.workloads.filter((workload) => workload.public)).toHaveLength(1);
    for (const { entry } of [...shop.workloads, shop.loadgen]) expect(existsSync(entry)).toBe(true);
  });

  test("that is wrong is refused with the place", () => {
    const file = join(folder, "shop.yaml");
    writeFileSync(
      file,
      "workloads: [{ service: Web, version: v1, namespace: shop, entry: x }]\nloadgen: { entry: y, rate: 1 }",
    );
    expect(() => readShop(file)).toThrow(/workloads\[0\]\.service: must be a DNS label/);
  });
});

describe("the order of the start", () => {
  const plans = shop.workloads.map((workload) => ({ workload }));
  const named = (phase: ReturnType<typeof shopPhases>[number] = []) =>
    phase.map(({ stage, workload }) => `${stage} ${workload.service} ${workload.version}`);

  test("brings every stable sidecar up before payments v2 may register", () => {
    const [first, second, ...more] = shopPhases(plans);
    const others = shop.workloads.filter(({ stable }) => !stable);
    expect(others).toMatchObject([{ service: "payments", version: "v2" }]);
    expect(new Set(named(first))).toEqual(
      new Set(shop.workloads.filter(({ stable }) => stable).map((w) => `sidecars ${w.service} ${w.version}`)),
    );
    expect(named(second)).toContain("sidecars payments v2");
    expect(more).toEqual([]);
  });

  test("starts each sidecar and each application once", () => {
    const all = shopPhases(plans).flatMap((phase) => named(phase));
    expect(all).toHaveLength(2 * shop.workloads.length);
    expect(new Set(all).size).toBe(all.length);
  });

  test("takes a workload that says nothing for a stable one", () => {
    const file = join(folder, "shop.yaml");
    writeFileSync(
      file,
      "workloads: [{ service: web, version: v1, namespace: shop, entry: x }]\nloadgen: { entry: y, rate: 1 }",
    );
    expect(readShop(file).workloads).toMatchObject([{ stable: true }]);
  });
});

describe("a workload", () => {
  const workload = {
    service: "cart",
    version: "v1",
    namespace: "shop",
    entry: "/shop/cart.ts",
    public: false,
    stable: true,
  };

  test("knows its port, its name and the way out, and nothing of Weir", () => {
    const { env, args, readyUrl } = appProgram(workload, ports, surroundings());
    expect(env).toEqual({
      PATH: "/bin",
      PORT: "16000",
      SERVICE_NAME: "cart",
      SERVICE_VERSION: "v1",
      DATA_DIR: join(folder, "shop"),
      HTTP_PROXY: "http://127.0.0.1:16001",
    });
    expect(args.at(-1)).toBe("/shop/cart.ts");
    expect(readyUrl).toBe("http://127.0.0.1:16000/healthz");
  });

  test("has a sidecar with a file of its own", () => {
    const { args, env } = sidecarProgram("cart-v1-sidecar", workload, ports, surroundings());
    expect(env).toEqual({ PATH: "/bin", LOG_LEVEL: "debug" });
    expect(parse(readFileSync(args.at(-1) ?? "", "utf8"))).toEqual({
      workload: { service: "cart", namespace: "shop", version: "v1" },
      outbound: { listen: "127.0.0.1:16001" },
      inbound: { listen: "127.0.0.1:16002", app: "127.0.0.1:16000" },
      admin: { listen: "127.0.0.1:16003" },
      telemetry: { otlp: "http://127.0.0.1:4318", traceSampling: 0.25 },
      controller: "http://127.0.0.1:4600",
      stateDir: join(folder, "cache", "sidecars", "cart-v1"),
    });
  });

  test("is called by shoppers who come from outside", () => {
    const { env } = loadgenProgram(shop, ports, surroundings());
    expect(env).toMatchObject({ TARGET: "http://127.0.0.1:8080", RATE: `${shop.loadgen.rate}` });
    expect(env).not.toHaveProperty("HTTP_PROXY");
  });
});
