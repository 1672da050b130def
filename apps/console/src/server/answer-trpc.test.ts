import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeTrpcClient, posted } from "../client/make-clients.ts";
import { makeStreamingClient } from "../client/make-streaming-client.ts";
import { problemOf } from "../client/problem.ts";
import { answerTrpc } from "./answer-trpc.ts";
import { createSharedAnswers } from "./shared-answers.ts";
import { createSlots } from "./slots.ts";
import { type ConsoleForTest, consoleForTest } from "./testing/console-for-test.ts";
import { registerShop } from "./testing/register-shop.ts";

const origin = "http://localhost:3000";
const secret = `whsec_${"c2VjcmV0".repeat(5)}`;

let mesh: ConsoleForTest;
let addresses: string[];
beforeAll(async () => {
  mesh = await consoleForTest();
  await registerShop(mesh.config);
});
afterAll(() => mesh.close());
beforeEach(() => {
  addresses = [];
});

/** As the browser sends what one of the console's own pages asks. */
const send = (input: RequestInfo | URL | string, init: RequestInit = {}, over: object = {}) => {
  const url = new URL(String(input), origin);
  addresses.push(`${url.pathname}${url.search}`);
  const headers = new Headers(init.headers);
  headers.set("host", url.host);
  if (!headers.has("sec-fetch-site")) headers.set("sec-fetch-site", "same-origin");
  return answerTrpc(new Request(url, { ...init, headers }), { ...mesh.context, ...over });
};

const plan = (steps: number) => ({
  ...{ name: "payments-v2", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
  steps: Array.from({ length: steps }, (_, index) => ({
    weight: index + 1 === steps ? 100 : index + 1,
    forMs: 60_000,
  })),
  testers: Array.from({ length: 16 }, (_, index) => ({
    headers: [{ name: `x-tester-${index}`, exact: "t".repeat(1_000) }],
  })),
  checks: {
    successRate: {},
    webhooks: [{ name: "gate", url: "http://127.0.0.1:9/ask", when: "confirm" as const, secret }],
  },
});

test("a plan longer than any address is checked, and what is secret in it stands in none", async () => {
  const client = makeTrpcClient(send);
  const { findings, foreseen } = await client.rollouts.check.query({ plan: plan(50) }, posted);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(foreseen?.steps).toHaveLength(50);
  const refused = await client.rollouts.check.query({ plan: plan(200) }, posted);
  expect(refused.findings.map(({ message }) => message)).toContain("takes 50 steps at most");
  expect(addresses).toEqual(["/api/trpc/rollouts.check", "/api/trpc/rollouts.check"]);
});

test("policies with comments of 50 kB are checked", async () => {
  const text = `${"# why\n".repeat(9_000)}kind: rateLimit\nname: limit\nnamespace: shop\ntargetRef: payments\n`;
  const [draft] = await makeTrpcClient(send).policies.check.query({ text }, posted);
  expect(draft?.findings.length).toBeGreaterThan(0);
  expect(addresses).toEqual(["/api/trpc/policies.check"]);
});

test("a plan of any length is replayed, told bit by bit", async () => {
  const asked = { plan: plan(50), degradation: {}, window: "5m" };
  const told = [];
  for await (const each of await makeStreamingClient(send).rollouts.replay.query(asked)) told.push(each);
  expect(told.at(-1)).toMatchObject({ finished: true, requests: 0 });
  expect(addresses).toEqual(["/api/trpc/rollouts.replay?batch=1"]);
});

test.each`
  method    | headers
  ${"GET"}  | ${{ "sec-fetch-site": "cross-site" }}
  ${"GET"}  | ${{ accept: "application/jsonl" }}
  ${"POST"} | ${{ "content-type": "application/json" }}
`(
  "a replay that is asked for by $method with $headers, and not bit by bit, is refused and takes nobody's place",
  async ({ method, headers }) => {
    const context = { replaySlots: createSlots(1) };
    const input = JSON.stringify({ plan: plan(2), degradation: {}, window: "1h" });
    const path = `/api/trpc/rollouts.replay${method === "GET" ? `?input=${encodeURIComponent(input)}` : ""}`;
    const init = { method, headers, ...(method === "POST" && { body: input }) };
    const refused = await send(path, init, context);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await refused.text()).not.toContain("finished");
    expect(context.replaySlots.take()).toBeDefined();
  },
);

test("more replays at once than there is room for are refused as what passes", async () => {
  const context = { replaySlots: createSlots(1) };
  const client = makeStreamingClient((input, init) => send(input, init, context));
  const asked = { plan: plan(50), degradation: {}, window: "5m" };
  const release = context.replaySlots.take();
  const refusal = await client.rollouts.replay.query(asked).catch((error: unknown) => error);
  expect(problemOf(refusal).code).toBe("BUSY");
  release?.();
  expect((await Array.fromAsync(await client.rollouts.replay.query(asked))).at(-1)?.finished).toBe(true);
  expect(context.replaySlots.take()).toBeDefined();
});

test("a question by POST takes nothing from what others share; a change does", async () => {
  const over = {
    sharedAnswers: createSharedAnswers({
      ...{ keepMs: { least: 60_000, most: 60_000 }, mostBytes: 1_000_000, now: () => performance.now() },
    }),
  };
  const client = makeTrpcClient((input, init) => send(input, init, over));
  const count = async () => (await client.policies.list.query({ window: "5m" })).length;
  expect(await count()).toBe(0);
  await mesh.config.putPolicy(
    {
      kind: "canary",
      name: "split",
      namespace: "shop",
      targetRef: "payments",
      backends: [{ version: "v1", weight: 100 }],
    },
    { author: "ada" },
  );
  await client.policies.check.query({ text: "" }, posted);
  expect(await count()).toBe(0);
  await client.modes.change.mutate({ change: { scope: "mesh", mode: "observe" } });
  expect(await count()).toBe(1);
});

test.each`
  from             | type                  | status | why
  ${"same-origin"} | ${"application/json"} | ${200} | ${"our page"}
  ${"cross-site"}  | ${"application/json"} | ${405} | ${"another site"}
  ${"same-site"}   | ${"application/json"} | ${405} | ${"another port of this machine"}
  ${"same-origin"} | ${"text/plain"}       | ${415} | ${"what a form can send"}
`("a question by POST from $from as $type: $status, $why", async ({ from, type, status }) => {
  const headers = { "sec-fetch-site": from, "content-type": type };
  const body = JSON.stringify({ text: "" });
  const response = await send("/api/trpc/policies.check", { method: "POST", headers, body });
  expect(response.status).toBe(status);
});
