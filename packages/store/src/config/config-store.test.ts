import type { Hello, PolicyOf } from "@weir/domain";
import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSql } from "../connection/open-sql.ts";
import { channels, subscribe } from "../connection/subscribe.ts";
import type { ConfigStore } from "./config-store.ts";
import { openConfigStore } from "./open-config-store.ts";

const change = { author: "ada", reason: "trying it" };
const lease = { controllerId: "c1", leaseMs: 60_000 };

let database: TestDatabase;
let store: ConfigStore;
beforeEach(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

function hello(version: string, port: number, proxyId = `payments-${version}-${port}`): Hello {
  return {
    proxyId,
    workload: { namespace: "shop", service: "payments", version },
    inboundAddress: `127.0.0.1:${port}`,
    release: "0.1.0",
  };
}

function canary(v1: number, v2: number): PolicyOf<"canary"> {
  return {
    kind: "canary",
    name: "payments-canary",
    namespace: "shop",
    targetRef: "payments",
    backends: [
      { version: "v1", weight: v1 },
      { version: "v2", weight: v2 },
    ],
  };
}

async function registerBoth(): Promise<void> {
  await store.registerSidecar(hello("v1", 9001), lease);
  await store.registerSidecar(hello("v2", 9002), lease);
}

describe("modes", () => {
  test("everything starts in observe, and levels are inherited and taken back", async () => {
    await registerBoth();
    const modeNow = async () => (await store.listServices())[0]?.resolvedMode;
    expect(await modeNow()).toEqual({ mode: "observe", origin: "mesh" });
    await store.setMeshMode("enforce", change);
    expect(await modeNow()).toEqual({ mode: "enforce", origin: "mesh" });
    await store.setNamespaceMode("shop", "observe", change);
    expect(await modeNow()).toEqual({ mode: "observe", origin: "namespace" });
    await store.setServiceMode("shop", "payments", "enforce", change);
    expect(await modeNow()).toEqual({ mode: "enforce", origin: "service" });
    await store.setMeshHold(true, change);
    expect(await modeNow()).toEqual({ mode: "observe", origin: "hold" });
    await store.setMeshHold(false, change);
    await store.setServiceMode("shop", "payments", null, change);
    await store.setNamespaceMode("shop", null, change);
    expect(await modeNow()).toEqual({ mode: "enforce", origin: "mesh" });
  });

  test("a switch tells where it stood, and is not turned when it stands elsewhere than expected", async () => {
    await registerBoth();
    const { setMeshMode, setMeshHold, setNamespaceMode, setServiceMode } = store;
    expect(await setServiceMode("shop", "payments", "enforce", change)).toBeNull();
    expect(await setNamespaceMode("shop", "enforce", change)).toBeNull();
    expect(await setMeshMode("enforce", change)).toBe("observe");
    expect(await setMeshHold(true, change)).toBe(false);
    await expect(
      setServiceMode("shop", "payments", null, { ...change, expected: "observe" }),
    ).rejects.toMatchObject({
      code: "STALE_REVISION",
      message: "mode of service shop/payments was changed meanwhile: it is enforce now, and no more observe",
    });
    await expect(setNamespaceMode("shop", "observe", { ...change, expected: null })).rejects.toThrow(
      "mode of namespace shop was changed meanwhile: it is enforce now, and no more inherited",
    );
    expect(await setMeshMode("enforce", { ...change, expected: "observe" })).toBe("enforce");
    expect(await setMeshMode("observe", { ...change, expected: "enforce" })).toBe("enforce");
    await expect(setMeshHold(false, { ...change, expected: false })).rejects.toThrow("it is on now");
  });

  test.each`
    above        | held     | from         | to           | is
    ${"observe"} | ${false} | ${"observe"} | ${null}      | ${"taken"}
    ${"observe"} | ${false} | ${null}      | ${"observe"} | ${"taken"}
    ${"observe"} | ${false} | ${"observe"} | ${"enforce"} | ${"judged"}
    ${"observe"} | ${false} | ${null}      | ${"enforce"} | ${"judged"}
    ${"enforce"} | ${false} | ${"observe"} | ${null}      | ${"judged"}
    ${"enforce"} | ${true}  | ${"observe"} | ${null}      | ${"judged"}
    ${"enforce"} | ${false} | ${null}      | ${"enforce"} | ${"taken"}
    ${"enforce"} | ${false} | ${"enforce"} | ${null}      | ${"taken"}
    ${"enforce"} | ${false} | ${null}      | ${"observe"} | ${"taken"}
  `(
    "a policy nobody would accept any more, set from $from to $to under $above, held: $held, is $is",
    async ({ above, held, from, to, is }) => {
      await registerBoth();
      await store.putPolicy({ ...canary(90, 10), ...(from && { mode: from }) }, change);
      await store.setNamespaceMode("shop", above, change);
      await store.setMeshHold(held, change);
      const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
      await sql`UPDATE workload SET version = 'v9' WHERE version = 'v2'`;
      await sql.end();
      const turned = store.setPolicyMode("shop", "payments-canary", to, change);
      if (is === "taken") await turned;
      else await expect(turned).rejects.toMatchObject({ code: "VALIDATION" });
      const stored = await store.getPolicy("shop", "payments-canary");
      expect(stored?.policy.mode ?? null).toBe(is === "taken" ? to : from);
    },
  );

  test("what does not exist is not found, what is no mode is refused", async () => {
    await expect(store.setServiceMode("shop", "nobody", "enforce", change)).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: "there is no service shop/nobody",
    });
    await expect(store.setNamespaceMode("nowhere", "enforce", change)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const nonsense = JSON.parse('"attack"');
    await expect(store.setMeshMode(nonsense, change)).rejects.toMatchObject({ code: "VALIDATION" });
  });

  test("each change is audited under the next revision; what changes nothing leaves no trace", async () => {
    await store.setMeshMode("enforce", change);
    await store.setMeshMode("enforce", change);
    await store.setMeshHold(true, { author: "bob" });
    expect((await store.readMeshConfig()).revision).toBe(2);
    const entries = await store.listAudit({ limit: 10 });
    expect(entries).toMatchObject([
      {
        author: "bob",
        reason: undefined,
        action: "mesh.hold",
        before: false,
        after: true,
        configRevision: 2,
      },
      { author: "ada", reason: "trying it", action: "mesh.mode", before: "observe", after: "enforce" },
    ]);
    expect(await store.listAudit({ limit: 10, before: entries[0]?.id })).toHaveLength(1);
  });

  test("many changes at once each get a revision of their own", async () => {
    await registerBoth();
    const start = (await store.readMeshConfig()).revision;
    await Promise.all(Array.from({ length: 12 }, (_, i) => store.putPolicy(canary(i + 1, 99 - i), change)));
    const revisions = await store.policyRevisions("shop", "payments-canary");
    expect(revisions.map((r) => r.revision)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect((await store.readMeshConfig()).revision).toBe(start + 12);
  });
});

describe("policies", () => {
  beforeEach(registerBoth);

  test("a policy gets revisions, keeps them after its end, and counts on when it returns", async () => {
    expect(await store.putPolicy(canary(100, 0), change)).toMatchObject({ revision: 1 });
    expect(await store.putPolicy(canary(70, 30), { ...change, expectedRevision: 1 })).toMatchObject({
      revision: 2,
    });
    expect(await store.putPolicy(canary(70, 30), change)).toMatchObject({ revision: 2 });
    expect(await store.getPolicy("shop", "payments-canary")).toMatchObject({
      policy: { ...canary(70, 30), revision: 2 },
      resolvedMode: { mode: "observe", origin: "mesh" },
      changedBy: "ada",
    });
    await store.deletePolicy("shop", "payments-canary", { ...change, expectedRevision: 2 });
    expect(await store.getPolicy("shop", "payments-canary")).toBeUndefined();
    expect((await store.readMeshConfig()).policies).toEqual([]);
    expect(await store.putPolicy(canary(50, 50), { ...change, expectedRevision: 0 })).toMatchObject({
      revision: 4,
    });
    const revisions = await store.policyRevisions("shop", "payments-canary");
    expect(revisions.map((r) => [r.revision, r.policy?.kind])).toEqual([
      [4, "canary"],
      [3, undefined],
      [2, "canary"],
      [1, "canary"],
    ]);
    const actions = (await store.listAudit({ limit: 4 })).map((entry) => entry.action);
    expect(actions).toEqual(["policy.create", "policy.delete", "policy.put", "policy.create"]);
  });

  test("a change based on an old revision is refused with both versions", async () => {
    await store.putPolicy(canary(100, 0), change);
    await store.putPolicy(canary(90, 10), change);
    const stale = store.putPolicy(canary(50, 50), { ...change, expectedRevision: 1 });
    await expect(stale).rejects.toMatchObject({
      code: "STALE_REVISION",
      expected: { ...canary(100, 0), revision: 1 },
      current: { ...canary(90, 10), revision: 2 },
    });
    await expect(store.putPolicy(canary(50, 50), { ...change, expectedRevision: 0 })).rejects.toMatchObject({
      code: "STALE_REVISION",
      expected: undefined,
    });
    await expect(
      store.deletePolicy("shop", "payments-canary", { ...change, expectedRevision: 1 }),
    ).rejects.toMatchObject({ code: "STALE_REVISION" });
    expect((await store.getPolicy("shop", "payments-canary"))?.policy.revision).toBe(2);
  });

  test.each([
    ["weights that don't sum to 100", canary(70, 20), "weights-sum", "backends"],
    ["an unknown service", { ...canary(70, 30), targetRef: "paymants" }, "unknown-service", "targetRef"],
    [
      "an unknown version",
      { ...canary(70, 30), backends: [{ version: "v9", weight: 100 }] },
      "unknown-version",
      "backends[0].version",
    ],
  ])("%s are refused with path and reason, and nothing is stored", async (_, policy, code, path) => {
    await expect(store.putPolicy(policy, change)).rejects.toMatchObject({
      code: "VALIDATION",
      findings: [{ code, path }],
    });
    expect(await store.listPolicies()).toEqual([]);
  });

  test("text that Postgres cannot keep is refused with its path", async () => {
    const match = [{ headers: [{ name: "x-user", exact: "a\0" }] }];
    const policy = {
      ...{ kind: "route" as const, namespace: "shop", name: "users", targetRef: "payments" },
      rules: [{ match, backends: [{ version: "v1", weight: 100 }] }],
    };
    await expect(store.putPolicy(policy, change)).rejects.toMatchObject({
      code: "VALIDATION",
      findings: [{ path: "rules[0].match[0].headers[0].exact" }],
    });
  });

  test("a version that has no endpoint any more may still be named", async () => {
    await store.releaseSidecar("payments-v2-9002");
    expect(await store.putPolicy(canary(70, 30), change)).toMatchObject({ revision: 1 });
  });

  test("the database itself refuses to change or remove what was accepted", async () => {
    await store.putPolicy(canary(100, 0), change);
    const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
    for (const statement of [
      "UPDATE policy_revision SET author = 'eve'",
      "DELETE FROM policy_revision",
      "TRUNCATE policy_revision",
      "UPDATE audit_entry SET author = 'eve'",
      "DELETE FROM audit_entry",
    ])
      await expect(sql.unsafe(statement)).rejects.toThrow("rows are immutable");
    await sql.end();
  });

  test("a stored policy that this release cannot evaluate is refused by name, not ignored", async () => {
    await store.putPolicy(canary(100, 0), change);
    const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
    await sql`UPDATE policy SET spec = jsonb_set(spec, '{kind}', '"teleport"')`;
    await sql.end();
    await expect(store.readMeshConfig()).rejects.toThrow(
      /stored policy shop\/payments-canary, revision 1.*unknown kind/,
    );
  });
});

describe("stable version", () => {
  const stable = async () => (await store.listServices())[0]?.stableVersionInForce;

  test("is the first one seen, whoever comes and goes later", async () => {
    await store.registerSidecar(hello("v2", 9002), lease);
    expect(await store.listAudit({ limit: 10 })).toMatchObject([
      {
        author: "sidecar payments-v2-9002",
        action: "service.discovered",
        subject: "service/shop/payments",
        after: { namespace: "shop", name: "payments", stableVersion: "v2" },
      },
    ]);
    await store.registerSidecar(hello("v1", 9001), lease);
    expect(await stable()).toBe("v2");
    await store.releaseSidecar("payments-v1-9001");
    expect(await stable()).toBe("v2");
    await store.registerSidecar(hello("v1", 9001), lease);
    await store.releaseSidecar("payments-v2-9002");
    expect(await stable()).toBe("v2");
    expect(await store.readMeshConfig()).toMatchObject({ revision: 1, services: [{ stableVersion: "v2" }] });
  });

  test("of a service that was declared without one is that of its first workload", async () => {
    await declare({ service: "payments" });
    await store.registerSidecar(hello("v2", 9002), lease);
    await store.registerSidecar(hello("v1", 9001), lease);
    expect(await stable()).toBe("v2");
    expect(await store.listAudit({ limit: 10 })).toMatchObject([
      { action: "service.stableVersion", subject: "service/shop/payments", before: undefined, after: "v2" },
    ]);
  });

  test("that was declared is kept, whichever version comes first", async () => {
    await declare({ service: "payments", stableVersion: "v1" });
    await store.registerSidecar(hello("v2", 9002), lease);
    expect(await stable()).toBe("v1");
    expect(await store.listAudit({ limit: 10 })).toEqual([]);
  });

  test("is what somebody sets, and follows the endpoints once its pin is taken away", async () => {
    await registerBoth();
    expect(await stable()).toBe("v1");
    await store.setStableVersion("shop", "payments", "v2", change);
    expect(await stable()).toBe("v2");
    await store.setStableVersion("shop", "payments", null, change);
    expect(await stable()).toBe("v1");
    await store.releaseSidecar("payments-v1-9001");
    expect(await stable()).toBe("v2");
    await store.registerSidecar(hello("v3", 9003), lease); // not its first workload: nobody pins it again
    expect((await store.readMeshConfig()).services[0]?.stableVersion).toBeUndefined();
    await expect(store.setStableVersion("shop", "payments", "v7", change)).rejects.toMatchObject({
      code: "VALIDATION",
      findings: [{ path: "stableVersion", message: "payments has no version v7; it has v1, v2, v3" }],
    });
  });
});

/** A service that is in the config before any sidecar has told of it. */
async function declare(declared: { service: string; stableVersion?: string }): Promise<void> {
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await sql`WITH n AS (INSERT INTO namespace (name) VALUES ('shop') RETURNING id)
    INSERT INTO service (namespace_id, name, stable_version)
    SELECT id, ${declared.service}, ${declared.stableVersion ?? null} FROM n`;
  await sql.end();
}

test("notifications tell of changes, with the revision, and of endpoints", async () => {
  const heard: string[] = [];
  const subscription = await subscribe(
    database.databaseUrl,
    [channels.config, channels.endpoints],
    (channel, payload) => heard.push(`${channel}:${payload}`),
  );
  await store.registerSidecar(hello("v1", 9001), lease);
  await store.registerSidecar(hello("v1", 9001), lease); // again: nothing new to see
  await store.setMeshMode("enforce", change);
  await store.releaseSidecar("payments-v1-9001");
  await waitFor(() => heard.length >= 4, { what: "four notifications" });
  expect(heard).toEqual(["weir_config:1", "weir_endpoints:", "weir_config:2", "weir_endpoints:"]);
  await subscription.close();
});
