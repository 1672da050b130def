import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

let mesh: ConsoleForTest;
const service = { namespace: "shop", name: "payments" };
const plan = {
  ...{ name: "payments-v2", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
  steps: [5, 50, 100].map((weight) => ({ weight, forMs: 60_000 })),
};

beforeAll(async () => {
  mesh = await consoleForTest();
  for (const [index, version] of ["v1", "v2"].entries())
    await mesh.config.registerSidecar(
      {
        proxyId: `payments-${version}`,
        workload: { namespace: "shop", service: "payments", version },
        inboundAddress: `127.0.0.1:${9001 + index}`,
        release: "0.1.0",
      },
      { controllerId: "test", leaseMs: 600_000 },
    );
});
afterAll(() => mesh.close());
afterEach(async () => {
  const { running } = await rollouts().list({ service });
  for (const { id } of running) await rollouts().command({ id, asked: { kind: "abort" } });
});

const rollouts = () => mesh.as().rollouts;
const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => ({ code: error.code, message: error.message, findings: error.cause?.findings }),
  );

test("a plan is checked, started, listed, and its events are told", async () => {
  expect(await rollouts().check({ plan })).toMatchObject({
    findings: [],
    plan: { checks: { level: 0.01 } },
    foreseen: { traffic: { requestsPerS: 0, failureShare: 0 }, steps: [{ requests: 0 }, {}, {}] },
  });
  const { id } = await rollouts().start({ plan, reason: "first try" });
  expect(await rollouts().get({ id })).toMatchObject({
    ...{ id, planRevision: 1, isOver: false, createdBy: "ada", reason: "first try" },
    state: { phase: "running", step: 0 },
  });
  expect((await rollouts().list({ service })).running.map((one) => one.id)).toEqual([id]);
  expect((await rollouts().list({ service: { ...service, name: "cart" } })).running).toEqual([]);
  expect((await rollouts().list({ namespaces: ["bank"] })).running).toEqual([]);
  expect((await rollouts().list({ service, namespaces: ["bank"] })).running).toEqual([]);
  expect((await rollouts().list({ namespaces: ["bank", "shop"] })).running).toHaveLength(1);
  expect(await rollouts().events({ id })).toMatchObject([{ seq: 1, action: "start", author: "ada" }]);
});

test.each`
  given                                     | path                 | code
  ${{ canary: "v9" }}                       | ${"canary"}          | ${"unknown-version"}
  ${{ targetRef: "nobody" }}                | ${"targetRef"}       | ${"unknown-service"}
  ${{ steps: [{ weight: 5, forMs: 0 }] }}   | ${"steps"}           | ${"no-end"}
  ${{ steps: [{ weight: 101, forMs: 0 }] }} | ${"steps[0].weight"} | ${"too_big"}
`("$code is found at $path, and refused at the start", async ({ given, path, code }) => {
  const bad = { ...plan, ...given };
  const { findings } = await rollouts().check({ plan: bad });
  expect(findings).toContainEqual(expect.objectContaining({ path, code }));
  expect(await problem(rollouts().start({ plan: bad }))).toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
});

test("a service has one rollout at a time, and its check says which", async () => {
  const { id } = await rollouts().start({ plan });
  const { findings } = await rollouts().check({ plan });
  expect(findings).toMatchObject([
    { code: "rollout-going-on", message: `rollout ${id} of payments is not over yet` },
  ]);
  expect((await rollouts().check({ plan, rollout: id })).findings).toEqual([]);
  expect(await problem(rollouts().start({ plan }))).toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
});

test("a name that another policy has is found by the check, too", async () => {
  const policy = { kind: "circuitBreaker", maxConnections: 5, name: "taken", namespace: "shop" } as const;
  await mesh.config.putPolicy({ ...policy, targetRef: "payments" }, { author: "ada" });
  // Left by a rollout before: from a canary that is there another goes on, under its name.
  await mesh.config.deletePolicy("shop", "payments-v2", { author: "ada" });
  const { findings } = await rollouts().check({ plan: { ...plan, name: "taken" } });
  expect(findings).toMatchObject([{ code: "name-taken", path: "name" }]);
});

test("a click that comes late moves nothing, and says why", async () => {
  const { id } = await rollouts().start({ plan });
  const skip = { id, asked: { kind: "skip" as const, step: 0 } };
  expect(await rollouts().command(skip)).toMatchObject({ state: { step: 1 } });
  expect(await problem(rollouts().command(skip))).toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("step 1 is not the present one"),
  });
  expect((await rollouts().get({ id })).state.step).toBe(1);
});

test("of two who change the plan, the second is told; what is over cannot change", async () => {
  const { id } = await rollouts().start({ plan });
  const to = (weight: number) => plan.steps.map((step, at) => (at === 1 ? { ...step, weight } : step));
  const edit = { id, plan: { ...plan, steps: to(30) }, expectedPlanRevision: 1 };
  expect(await rollouts().replan(edit)).toMatchObject({
    planRevision: 2,
    plan: { steps: [{}, { weight: 30 }, {}] },
  });
  expect(await problem(rollouts().replan({ ...edit, plan: { ...plan, steps: to(40) } }))).toMatchObject({
    code: "CONFLICT",
  });
  const past = { ...plan, steps: [{ weight: 1, forMs: 0 }, ...plan.steps.slice(1)] };
  expect((await rollouts().check({ plan: past, rollout: id })).findings).toMatchObject([
    { path: "steps[0]" },
  ]);
  expect(await problem(rollouts().replan({ id, plan: past, expectedPlanRevision: 2 }))).toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
});

test("one whose plan another release wrote is listed as that, and can be ended, once", async () => {
  const { id } = await rollouts().start({ plan });
  await mesh.context.sql`UPDATE rollout SET plan = plan || '{"quantum": true}' WHERE id = ${id}`;
  const row = { id, subject: "shop/payments", why: expect.stringContaining("quantum") };
  expect((await rollouts().list({ service })).unreadable).toEqual([{ ...row, isOver: false }]);
  expect(await rollouts().list({ id })).toEqual({
    ...{ running: [], ended: [], unreadable: [{ ...row, isOver: false }], before: undefined },
  });
  expect(await problem(rollouts().get({ id }))).toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  const elsewhere = mesh.as({ sameOrigin: false }).rollouts;
  expect(await problem(elsewhere.abortUnreadable({ id }))).toMatchObject({ code: "FORBIDDEN" });
  expect(await rollouts().abortUnreadable({ id, reason: "of the release after" })).toMatchObject({
    ...{ action: "abort", author: "ada", comment: "of the release after" },
    reason: expect.stringContaining("all requests go to v1"),
  });
  expect((await rollouts().list({ service })).unreadable).toEqual([{ ...row, isOver: true }]);
  expect(await problem(rollouts().abortUnreadable({ id }))).toMatchObject({
    ...{ code: "CONFLICT", message: "the rollout is over" },
  });
});

test("a rollout that never was", async () => {
  expect(await problem(rollouts().get({ id: 4_000 }))).toMatchObject({ code: "NOT_FOUND" });
  expect(await rollouts().events({ id: 4_000 })).toEqual([]);
});

test("only the console's own pages may start one", async () => {
  const elsewhere = mesh.as({ sameOrigin: false }).rollouts;
  expect(await problem(elsewhere.start({ plan }))).toMatchObject({ code: "FORBIDDEN" });
});
