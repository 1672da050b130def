import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RegisteredEndpoint } from "../service/service.ts";
import { compileSnapshot, type MeshConfig } from "./compile-snapshot.ts";
import { SnapshotContent } from "./snapshot.ts";

const config: MeshConfig = {
  mesh: { mode: "observe", hold: false },
  namespaces: [{ name: "shop", mode: "enforce" }, { name: "lab" }],
  services: [
    { namespace: "shop", name: "payments", hosts: ["pay.example"], protocol: "http" },
    { namespace: "shop", name: "cart", hosts: [], protocol: "http", mode: "observe", stableVersion: "v2" },
    { namespace: "lab", name: "cart", hosts: [], protocol: "grpc" },
  ],
  policies: [
    {
      ...target("zeta", "payments"),
      kind: "canary",
      revision: 4,
      backends: [{ version: "v1", weight: 100 }],
    },
    {
      ...target("alpha", "payments"),
      kind: "route",
      revision: 1,
      mode: "observe",
      rules: [{ backends: [{ version: "v1", weight: 100 }] }],
    },
    { ...target("cart", "cart"), kind: "canary", revision: 2, backends: [{ version: "v2", weight: 100 }] },
  ],
};

const endpoints: RegisteredEndpoint[] = [
  { namespace: "shop", service: "payments", version: "v2", address: "127.0.0.1:2", zone: "a" },
  { namespace: "shop", service: "payments", version: "v1", address: "127.0.0.1:1" },
  { namespace: "lab", service: "cart", version: "v1", address: "127.0.0.1:3" },
  { namespace: "shop", service: "unheard-of", version: "v1", address: "127.0.0.1:9" },
];

function target(name: string, targetRef: string) {
  return { name, namespace: "shop", targetRef };
}

describe("compileSnapshot", () => {
  const content = compileSnapshot(config, endpoints, "shop");
  const service = (namespace: string, name: string) =>
    content.services.find((s) => s.namespace === namespace && s.name === name);

  test("is what the sidecars' schema accepts", () => {
    expect(SnapshotContent.parse(content)).toEqual(content);
  });

  test("holds the services of every namespace, in order", () => {
    expect(content.services.map((s) => `${s.namespace}/${s.name}`)).toEqual([
      "lab/cart",
      "shop/cart",
      "shop/payments",
    ]);
  });

  test("gives each service its own endpoints, in order of their address", () => {
    expect(service("shop", "payments")?.endpoints).toEqual([
      { address: "127.0.0.1:1", version: "v1" },
      { address: "127.0.0.1:2", version: "v2", zone: "a" },
    ]);
    expect(service("shop", "cart")?.endpoints).toEqual([]);
    expect(service("lab", "cart")?.endpoints).toHaveLength(1);
  });

  test("gives each policy to its target in its own namespace, by name, with its mode resolved", () => {
    const named = (s: (typeof content.services)[number] | undefined) =>
      s?.policies.map((p) => [p.name, p.mode]);
    expect(named(service("shop", "payments"))).toEqual([
      ["alpha", "observe"],
      ["zeta", "enforce"],
    ]);
    expect(named(service("shop", "cart"))).toEqual([["cart", "observe"]]);
    expect(named(service("lab", "cart"))).toEqual([]);
  });

  test("resolves the mode of each service", () => {
    expect(content.services.map((s) => s.mode)).toEqual(["observe", "observe", "enforce"]);
  });

  test("hold puts every service and every policy into observe", () => {
    const held = compileSnapshot({ ...config, mesh: { mode: "enforce", hold: true } }, endpoints, "shop");
    const modes = held.services.flatMap((s) => [s.mode, ...s.policies.map((p) => p.mode)]);
    expect(new Set(modes)).toEqual(new Set(["observe"]));
  });

  test("takes the stable version from config, else from the endpoints, else leaves it out", () => {
    expect(service("shop", "cart")?.stableVersion).toBe("v2");
    expect(service("shop", "payments")?.stableVersion).toBe("v1");
    expect(compileSnapshot(config, [], "shop").services[2]).not.toHaveProperty("stableVersion");
  });

  test("says where admission is judged only where callers judge it", () => {
    expect(content.services.every((s) => s.admission === undefined)).toBe(true);
    const byCallers = compileSnapshot(config, endpoints, "shop", {
      admissionOf: ({ namespace }) => (namespace === "lab" ? "destination" : "caller"),
    });
    expect(byCallers.services.map((s) => s.admission)).toEqual([undefined, "caller", "caller"]);
    expect(SnapshotContent.parse(byCallers)).toEqual(byCallers);
  });

  test("short names reach only the services of the caller's own namespace", () => {
    const reached = (namespace: string) =>
      compileSnapshot(config, endpoints, namespace)
        .services.filter((s) => s.hosts.includes("cart"))
        .map((s) => s.namespace);
    expect(reached("shop")).toEqual(["shop"]);
    expect(reached("lab")).toEqual(["lab"]);
    expect(reached("elsewhere")).toEqual([]);
  });

  test("gives equal text for equal content, in whatever order it was read", () => {
    const shuffled = <T>(values: readonly T[]) =>
      fc.shuffledSubarray([...values], { minLength: values.length });
    const twice: RegisteredEndpoint = { ...endpoints[1]!, version: "v3" };
    fc.assert(
      fc.property(
        shuffled(config.services),
        shuffled(config.policies),
        shuffled(config.namespaces),
        shuffled([...endpoints, twice]),
        (services, policies, namespaces, read) => {
          const text = JSON.stringify(
            compileSnapshot({ ...config, services, policies, namespaces }, read, "shop"),
          );
          expect(text).toBe(JSON.stringify(compileSnapshot(config, [...endpoints, twice], "shop")));
        },
      ),
    );
  });

  test("changes nothing of what it was given", () => {
    const before = JSON.stringify([config, endpoints]);
    compileSnapshot(config, endpoints, "lab");
    expect(JSON.stringify([config, endpoints])).toBe(before);
  });
});
