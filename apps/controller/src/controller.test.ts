import { type ConfigStore, openConfigStore, type SidecarStatus } from "@weir/store";
import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import { request } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Controller } from "./controller.ts";
import { startTestController } from "./testing/start-test-controller.ts";
import { helloOf, post, TestSidecar } from "./testing/test-sidecar.ts";

let database: TestDatabase;
let store: ConfigStore;
let controller: Controller;
let opened: TestSidecar[];

beforeEach(async () => {
  opened = [];
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  controller = await startTestController(database.databaseUrl);
});

afterEach(async () => {
  await Promise.all(opened.map((sidecar) => sidecar.kill()));
  await controller.stop();
  await store.close();
  await database.drop();
});

async function connect(...args: Parameters<typeof helloOf>): Promise<TestSidecar> {
  const sidecar = await TestSidecar.connect(controller.port, helloOf(...args));
  opened.push(sidecar);
  return sidecar;
}

/** What the store says of a sidecar, once that is so. */
function status(
  proxyId: string,
  holds: (status: SidecarStatus) => boolean,
  what: string,
): Promise<SidecarStatus> {
  const find = async () => (await store.listSidecars()).find((s) => s.proxyId === proxyId && holds(s));
  return waitFor(find, { what: `${proxyId}: ${what}` });
}

const change = { author: "tester" };
const canary = (v1: number) => ({
  kind: "canary" as const,
  name: "split",
  namespace: "shop",
  targetRef: "cart",
  backends: [
    { version: "v1", weight: v1 },
    { version: "v2", weight: 100 - v1 },
  ],
});

describe("endpoints", () => {
  test("a sidecar that registers is known to the others at once, and gone when its stream breaks", async () => {
    const web = await connect("web", 9001);
    const cart = await connect("cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002"]);
    await cart.sees("web", ["127.0.0.1:9001"]);
    await cart.kill();
    await web.sees("cart", []);
    expect(web.addresses("web")).toEqual(["127.0.0.1:9001"]);
    const gone = await status("cart-9002", (s) => !s.connected, "to be gone");
    expect(gone.disconnectedAt).toBeInstanceOf(Date);
  });

  test("the first version stays the stable one, whichever comes and goes later", async () => {
    const web = await connect("web", 9001);
    const workload = { namespace: "shop", service: "cart", version: "v2" };
    const v2 = await connect("cart", 9003, { workload });
    await web.sees("cart", ["127.0.0.1:9003"]);
    expect(web.service("cart")?.stableVersion).toBe("v2");
    await connect("cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002", "127.0.0.1:9003"]);
    expect(web.service("cart")?.stableVersion).toBe("v2");
    await v2.kill();
    await web.sees("cart", ["127.0.0.1:9002"]);
    expect(web.service("cart")?.stableVersion).toBe("v2");
  });

  test("a sidecar that only calls gets snapshots and is no endpoint", async () => {
    const caller = await connect("batch", undefined);
    await connect("cart", 9002);
    await caller.sees("cart", ["127.0.0.1:9002"]);
    expect(caller.addresses("batch")).toEqual([]);
    expect(await store.liveEndpoints()).toHaveLength(1);
  });

  test("a sidecar that starts anew at its address replaces its earlier run, whose end then removes nothing", async () => {
    const web = await connect("web", 9001);
    const first = await connect("cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002"]);
    await connect("cart", 9002, { proxyId: "cart-again" });
    await status("cart-again", (s) => s.connected, "to be connected");
    await first.kill();
    await status("cart-9002", (s) => !s.connected, "to be gone");
    expect((await store.liveEndpoints()).map((e) => e.address)).toContain("127.0.0.1:9002");
    expect(web.addresses("cart")).toEqual(["127.0.0.1:9002"]);
  });

  test("a second stream of the same sidecar takes the place of the first, and the endpoint stays", async () => {
    const web = await connect("web", 9001);
    const first = await connect("cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002"]);
    const second = await connect("cart", 9002);
    await waitFor(() => first.ended, { what: "the first stream to end" });
    await second.sees("web", ["127.0.0.1:9001"]);
    expect(
      web.snapshots.filter((s) =>
        s.content.services.some((x) => x.name === "cart" && x.endpoints.length === 0),
      ),
    ).toEqual([]);
    expect(await status("cart-9002", (s) => s.connected, "to be connected")).toBeDefined();
  });
});

describe("changes", () => {
  test("a policy reaches every sidecar, and who took it is recorded", async () => {
    const web = await connect("web", 9001);
    const cart = await connect("cart", 9002);
    await connect("cart", 9003, {
      proxyId: "cart-v2",
      workload: { namespace: "shop", service: "cart", version: "v2" },
    });
    await web.sees("cart", ["127.0.0.1:9002", "127.0.0.1:9003"]);
    await store.putPolicy(canary(70), change);
    const weights = (sidecar: TestSidecar) => sidecar.service("cart")?.policies[0];
    for (const sidecar of [web, cart]) {
      const policy = await waitFor(() => weights(sidecar), { what: "the policy" });
      expect(policy).toMatchObject({ ...canary(70), mode: "observe", revision: 1 });
    }
    const version = web.snapshots.at(-1)!.version;
    expect(cart.snapshots.at(-1)!.version).toBe(version);
    for (const sidecar of [web, cart]) {
      const { wantedVersion } = await status(
        sidecar.hello.proxyId,
        (s) => s.ackedVersion === version,
        "its acknowledgement",
      );
      expect(wantedVersion).toBe(version);
    }
    const metrics = await (await request(`http://127.0.0.1:${controller.port}/metrics`)).body.text();
    expect(metrics).toMatch(/weir_controller_push_ack_seconds_count [1-9]/);
    expect(metrics).toContain('weir_controller_connected_sidecars{namespace="shop"} 3');
  });

  test("how a change came to the sidecars that were there is kept, and nothing of endpoints", async () => {
    const web = await connect("web", 9001);
    await connect("cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002"]);
    const settle = async () => {
      const version = web.snapshots.at(-1)!.version;
      for (const { hello } of opened)
        await status(hello.proxyId, (s) => s.ackedVersion === version, "its answer");
    };
    await settle();
    const before = await store.listConvergence(5);
    await connect("cart", 9003);
    await web.sees("cart", ["127.0.0.1:9002", "127.0.0.1:9003"]);
    await settle();
    expect(await store.listConvergence(5)).toEqual(before);
    await store.setMeshMode("enforce", change);
    const { revision } = await store.readMeshConfig();
    const converged = await waitFor(
      async () =>
        (await store.listConvergence(5)).find((one) => one.configRevision === revision && one.acked === 3),
      { what: "all to have said that they run it" },
    );
    expect(converged).toMatchObject({ namespace: "shop", sidecars: 3, refused: 0 });
    const tookMs = converged.lastAckedAt!.getTime() - converged.changedAt.getTime();
    expect(tookMs).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(10_000);
  });

  test("holding the mesh flips the mode of everything, and back", async () => {
    const web = await connect("web", 9001);
    await connect("cart", 9002);
    await web.sees("cart", ["127.0.0.1:9002"]);
    const modeIs = (mode: string) =>
      waitFor(() => web.service("cart")?.mode === mode, { what: `mode ${mode}` });
    await store.setServiceMode("shop", "cart", "enforce", change);
    await modeIs("enforce");
    await store.setMeshHold(true, change);
    await modeIs("observe");
    await store.setMeshHold(false, change);
    await modeIs("enforce");
  });

  test("a change that changes no sidecar's content is not sent", async () => {
    const web = await connect("web", 9001);
    await web.sees("web", ["127.0.0.1:9001"]);
    await store.setMeshMode("enforce", change);
    await waitFor(() => web.service("web")?.mode === "enforce", { what: "enforce" });
    const before = web.snapshots.length;
    await store.setServiceMode("shop", "web", "enforce", change);
    await store.setMeshMode("observe", change);
    await store.setMeshHold(true, change);
    await waitFor(() => web.service("web")?.mode === "observe", { what: "observe" });
    expect(web.snapshots.length).toBe(before + 1);
    const versions = web.snapshots.map((s) => s.version);
    expect(versions.filter((version, i) => version === versions[i - 1])).toEqual([]);
  });

  test("who takes changes is sent what changed, everybody else the whole, and both have the same", async () => {
    const web = await connect("web", 9001);
    const cart = await connect("cart", 9002, { takesChanges: false });
    await Promise.all([web, cart].map((sidecar) => sidecar.sees("cart", ["127.0.0.1:9002"])));
    await store.setServiceMode("shop", "cart", "enforce", change);
    for (const sidecar of [web, cart])
      await waitFor(() => sidecar.service("cart")?.mode === "enforce", { what: "enforce" });
    expect(web.snapshots.at(-1)).toEqual(cart.snapshots.at(-1));
    const last = web.messages.findLast(({ type }) => type !== "ping");
    if (last?.type !== "change") throw new Error(`web was sent a ${last?.type}`);
    expect(last.change.services.map(({ name }) => name)).toEqual(["cart"]);
    expect(cart.messages.filter(({ type }) => type === "change")).toEqual([]);
  });

  test("a sidecar that comes with the snapshot in force is told so and sent nothing", async () => {
    const web = await connect("web", 9001);
    await web.sees("web", ["127.0.0.1:9001"]);
    const { version } = web.snapshots.at(-1)!;
    const again = await connect("web", 9001, { snapshotVersion: version });
    await waitFor(() => again.messages.length > 0, { what: "a message" });
    expect(again.messages[0]).toEqual({ type: "current", version });
    await status("web-9001", (s) => s.ackedVersion === version, "counted as running it");
  });

  test("a refusal is recorded with its reason, and an acceptance after it clears it", async () => {
    const proxyId = "cart-9002";
    const cart = await TestSidecar.connect(controller.port, helloOf("cart", 9002), false);
    opened.push(cart);
    await cart.sees("cart", ["127.0.0.1:9002"]);
    const { version } = cart.snapshots.at(-1)!;
    expect(await post(controller.port, "/v1/ack", { proxyId, version, error: "no such kind" })).toEqual({
      status: 202,
      body: undefined,
    });
    const refused = await status(proxyId, (s) => s.nackReason !== undefined, "its refusal");
    expect(refused).toMatchObject({ nackedVersion: version, nackReason: "no such kind" });
    expect(refused.ackedVersion).not.toBe(version);
    await post(controller.port, "/v1/ack", { proxyId, version });
    await status(proxyId, (s) => s.ackedVersion === version && s.nackReason === undefined, "its acceptance");
  });
});

describe("bad input", () => {
  const workload = { namespace: "shop", service: "Cart!", version: "v1" };
  test.each`
    what                     | path            | body                                                      | findingPath
    ${"a hello's workload"}  | ${"/v1/stream"} | ${helloOf("cart", 1, { workload })}                       | ${"workload.service"}
    ${"a hello's address"}   | ${"/v1/stream"} | ${{ ...helloOf("cart", 1), inboundAddress: "127.0.0.1" }} | ${"inboundAddress"}
    ${"a hello's extra key"} | ${"/v1/stream"} | ${{ ...helloOf("cart", 1), pid: 1 }}                      | ${"pid"}
    ${"an acknowledgement"}  | ${"/v1/ack"}    | ${{ proxyId: "p" }}                                       | ${"version"}
  `("$what is refused at $findingPath and nothing is registered", async ({ path, body, findingPath }) => {
    const answer = await post(controller.port, path, body);
    expect(answer.status).toBe(400);
    const { error } = answer.body as {
      error: { code: string; message: string; findings: { path: string }[] };
    };
    expect(error.code).toBe("invalid");
    expect(error.message).toContain(`${findingPath}: `);
    expect(error.findings.map((finding) => finding.path)).toEqual([findingPath]);
    expect(await store.listSidecars()).toEqual([]);
  });

  test("an acknowledgement of a sidecar nobody knows is taken and changes nothing", async () => {
    expect((await post(controller.port, "/v1/ack", { proxyId: "ghost", version: "x" })).status).toBe(202);
    const web = await connect("web", 9001);
    await web.sees("web", ["127.0.0.1:9001"]);
    await status("web-9001", (s) => s.ackedVersion !== undefined, "its acknowledgement after the ghost's");
    expect((await store.listSidecars()).map((s) => s.proxyId)).toEqual(["web-9001"]);
  });
});
