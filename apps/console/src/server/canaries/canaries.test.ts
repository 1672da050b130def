import type { EdgePoint } from "@weir/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

let mesh: ConsoleForTest;
const namespace = "shop";
const service = "payments";
const name = "payments-canary";
const seventyThirty = [
  { version: "v1", weight: 70 },
  { version: "v2", weight: 30 },
];

beforeAll(async () => {
  mesh = await consoleForTest();
  for (const version of ["v1", "v2"]) await register(version);
});
afterAll(() => mesh.close());
beforeEach(async () => {
  const { canary } = await get();
  if (canary) await mesh.as().policies.remove({ namespace, name, expectedRevision: canary.revision });
});

function register(version: string) {
  const port = version === "v1" ? 9001 : 9002;
  return mesh.config.registerSidecar(
    {
      proxyId: `payments-${version}`,
      workload: { namespace, service, version },
      inboundAddress: `127.0.0.1:${port}`,
      release: "0.1.0",
    },
    { controllerId: "test", leaseMs: 600_000 },
  );
}

const get = () => mesh.as().canaries.get({ namespace, service });
const save = (over: object = {}) =>
  mesh
    .as()
    .canaries.save({ namespace, service, name, backends: seventyThirty, expectedRevision: 0, ...over });
const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => ({ code: error.code, cause: error.cause?.code, findings: error.cause?.findings }),
  );

test("a saved canary is in force in its service's mode, with its author", async () => {
  const { revision } = await save({ reason: "first step" });
  expect(await get()).toMatchObject({
    ...{ namespace, service, versions: ["v1", "v2"], readyVersions: ["v1", "v2"], stableVersion: "v1" },
    canary: { name, revision, backends: seventyThirty, changedBy: "ada" },
  });
  expect((await get()).canary?.inForce).toEqual({ mode: "observe", origin: "mesh" });
});

test.each`
  backends                                                             | path                     | message
  ${[{ version: "v1", weight: 70 }, { version: "v2", weight: 20 }]}    | ${"backends"}            | ${"weights must sum to 100, these sum to 90"}
  ${[{ version: "v1", weight: 70 }, { version: "v9", weight: 30 }]}    | ${"backends[1].version"} | ${"payments has no version v9; it has v1, v2"}
  ${[{ version: "v1", weight: 99.5 }, { version: "v2", weight: 0.5 }]} | ${"backends[0].weight"}  | ${"must be a whole number of per cent"}
`("$message, said at $path", async ({ backends, path, message }) => {
  const refused = await problem(save({ backends }));
  expect(refused).toMatchObject({ code: "UNPROCESSABLE_CONTENT", cause: "VALIDATION" });
  expect(refused?.findings).toContainEqual(expect.objectContaining({ path, message }));
  expect((await get()).canary).toBeUndefined();
});

test("a draft of an older revision is a conflict and overwrites nothing", async () => {
  const { revision } = await save();
  const half = [
    { version: "v1", weight: 50 },
    { version: "v2", weight: 50 },
  ];
  await save({ backends: half, expectedRevision: revision });
  expect(await problem(save({ expectedRevision: revision }))).toMatchObject({
    code: "CONFLICT",
    cause: "STALE_REVISION",
  });
  expect((await get()).canary?.backends).toEqual(half);
});

test("an earlier revision comes back whole, unless somebody else was there meanwhile", async () => {
  const sticky = { header: "x-user-id" };
  const policy = {
    kind: "canary",
    namespace,
    name,
    targetRef: service,
    backends: seventyThirty,
    sticky,
  } as const;
  const { revision } = await mesh.config.putPolicy({ ...policy, mode: "enforce" }, { author: "ada" });
  await mesh.as().policies.remove({ namespace, name, expectedRevision: revision });
  const { policies } = mesh.as();
  expect(await policies.restore({ namespace, name, revision, expectedRevision: 0 })).toEqual({
    revision: revision + 2,
  });
  expect((await mesh.config.getPolicy(namespace, name))?.policy).toMatchObject({ sticky, mode: "enforce" });
  await save({ expectedRevision: revision + 2 });
  const late = policies.restore({ namespace, name, revision, expectedRevision: revision + 2 });
  expect(await problem(late)).toMatchObject({ code: "CONFLICT", cause: "STALE_REVISION" });
  const removed = policies.restore({
    namespace,
    name,
    revision: revision + 1,
    expectedRevision: revision + 3,
  });
  await expect(removed).rejects.toThrow(
    `revision ${revision + 1} of shop/payments-canary has nothing to come back to`,
  );
});

test("new weights keep all that they are not about, and inherit the mode unless they name one", async () => {
  const kept = {
    sticky: { cookie: "weir-sticky", maxAgeS: 60 },
    pins: [{ match: [{ headers: [{ name: "x-tester", present: true }] }], version: "v2" }],
    mirror: { version: "v2", percent: 5 },
    ignoreFindings: ["version-not-ready"] as ["version-not-ready"],
  };
  const policy = { kind: "canary", namespace, name, targetRef: service, backends: seventyThirty } as const;
  const author = { author: "ada" };
  const { revision } = await mesh.config.putPolicy({ ...policy, ...kept, mode: "enforce" }, author);
  const half = seventyThirty.map(({ version }) => ({ version, weight: 50 }));
  await save({ backends: half, expectedRevision: revision });
  const saved = (await mesh.config.getPolicy(namespace, name))?.policy;
  expect(saved).toMatchObject({ ...kept, backends: half });
  expect(saved?.mode).toBeUndefined();
});

test("what does not come from the console's own pages changes nothing", async () => {
  const foreign = mesh.as({ sameOrigin: false });
  const input = { namespace, service, name, backends: seventyThirty, expectedRevision: 0 };
  expect(await problem(foreign.canaries.save(input))).toMatchObject({ code: "FORBIDDEN" });
  const ofForeign = { namespace, name, expectedRevision: 1 };
  expect(await problem(foreign.policies.remove(ofForeign))).toMatchObject({ code: "FORBIDDEN" });
  expect(await problem(foreign.policies.restore({ ...ofForeign, revision: 1 }))).toMatchObject({
    code: "FORBIDDEN",
  });
  expect((await get()).canary).toBeUndefined();
});

test("the history keeps every revision, the one that removed the canary too", async () => {
  const { revision } = await save({ reason: "first step" });
  await mesh
    .as({ author: "grace" })
    .policies.remove({ namespace, name, expectedRevision: revision, reason: "done" });
  const [removed, first] = await mesh.as().canaries.history({ namespace, name });
  expect(removed).toMatchObject({ revision: revision + 1, author: "grace", reason: "done" });
  expect(removed?.backends).toBeUndefined();
  expect(first).toMatchObject({ revision, backends: seventyThirty, author: "ada", reason: "first step" });
});

test("a save is followed to every connected sidecar", async () => {
  await save();
  const progress = () => mesh.as().canaries.rollout({ namespace, name });
  expect(await progress()).toEqual({ total: 2, running: 0, refused: [] });
  await mesh.config.recordWanted(["payments-v1", "payments-v2"], "snapshot-of-this-save", 2);
  await mesh.config.recordAcknowledgements([
    { acknowledgement: { proxyId: "payments-v1", version: "snapshot-of-this-save" } },
  ]);
  expect(await progress()).toEqual({ total: 2, running: 1, refused: [] });
  const refused = { proxyId: "payments-v2", version: "snapshot-of-this-save", error: "no room" };
  await mesh.config.recordAcknowledgements([{ acknowledgement: refused }]);
  expect(await progress()).toMatchObject({
    running: 1,
    refused: [{ workload: "payments v2", reason: "no room" }],
  });
});

test("an unknown service is not found, by name", async () => {
  await expect(mesh.as().canaries.get({ namespace, service: "ghost" })).rejects.toThrow(
    "no service ghost in namespace shop",
  );
});

test("traffic by version, decisions and changes of one window agree with what was reported", async () => {
  const { revision } = await save();
  // Slots from now on: those from before the change say nothing about it.
  const changedAtMs = Date.now();
  const nowMs = changedAtMs + 60_000;
  const timeMs = Math.floor(nowMs / 10_000) * 10_000;
  const source = { namespace, service: "checkout", version: "v1" };
  const point = (version: string, requests: number, statusClass: number): EdgePoint => ({
    ...{ timeMs, reporter: "source", source, destination: { namespace, service, version } },
    ...{
      protocol: "http",
      method: "POST",
      statusClass,
      flag: "",
      requests,
      requestBytes: 0,
      responseBytes: 0,
    },
    ...{ durationSumSeconds: 1, histogram: { indexes: [-100], counts: [requests] }, exemplars: [] },
  });
  await mesh.commit({
    edgePoints: [point("v1", 60, 2), point("v1", 10, 5), point("v2", 30, 2)],
    decisionPoints: [
      {
        ...{ timeMs, policy: { namespace, name, kind: "canary", revision }, mode: "observe" },
        ...{ verdict: "version=v2", source, destination: { namespace, service, version: "v1" } },
        ...{ evaluated: 31, wouldAct: 31, acted: 0 },
      },
    ],
  });
  const canaries = mesh.as({ now: () => nowMs }).canaries;
  const traffic = await canaries.traffic({ namespace, service, policy: name, length: "5m" });
  expect(traffic.versions).toMatchObject([
    { version: "v1", requests: 70, errors: 10 },
    { version: "v2", requests: 30, errors: 0 },
  ]);
  expect(traffic.recent).toEqual({ v1: 70, v2: 30 });
  expect(traffic.sinceChange).toEqual({ v1: 70, v2: 30 });
  expect(traffic.slotMs).toBe(10_000);
  expect(traffic.slots.at(-1)).toEqual({ atMs: timeMs - 10_000, requests: { v1: 70, v2: 30 } });
  expect(traffic.decisions).toEqual([
    { verdict: "version=v2", mode: "observe", evaluated: 31, wouldAct: 31, acted: 0 },
  ]);

  const [item] = await canaries.list({ length: "5m" });
  expect(item).toMatchObject({
    service: { service, canary: { name } },
    observed: [
      { version: "v1", share: 0.7 },
      { version: "v2", share: 0.3 },
    ],
    decided: [{ version: "v2", share: 1 }],
  });
});

test.each`
  what                         | over
  ${"a revision past integer"} | ${{ expectedRevision: 2 ** 31 }}
  ${"a name without end"}      | ${{ name: "n".repeat(256) }}
  ${"a reason without end"}    | ${{ reason: "r".repeat(501) }}
  ${"versions without end"}    | ${{ backends: Array.from({ length: 201 }, (_, i) => ({ version: `v${i}`, weight: 0 })) }}
`("$what is refused before the database is asked", async ({ over }) => {
  expect(await problem(save(over))).toMatchObject({ code: "BAD_REQUEST" });
});
