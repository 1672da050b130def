import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { RolloutPlan, type RolloutState, startRollout } from "@weir/rollout";
import { waitFor } from "@weir/testkit";
import { Webhook } from "standardwebhooks";
import { Agent } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { startReceiver } from "../testing/start-receiver.ts";
import { ExternalChecks } from "./external-checks.ts";

let cleanups: (() => unknown)[];
let checks: ExternalChecks;
/** Moved by hand: the time of day, and the time that passes. */
let nowMs: number;
let passedMs: number;
beforeEach(() => {
  const dispatcher = new Agent();
  [nowMs, passedMs] = [Date.now(), 0];
  checks = new ExternalChecks({
    ...{ dispatcher, now: () => nowMs, passedMs: () => passedMs, random: () => 0, newId: randomUUID },
  });
  cleanups = [() => dispatcher.destroy(), () => checks.close()];
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

async function receiver(...given: Parameters<typeof startReceiver>) {
  const started = await startReceiver(...given);
  cleanups.push(() => started.stop());
  return started;
}

type Given = NonNullable<z.input<typeof RolloutPlan>["checks"]>;

function rolloutOf(given: Given, state: Partial<RolloutState> = {}) {
  const plan = RolloutPlan.parse({
    ...{ name: "payments-v2", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
    steps: [0, 10, 100].map((weight) => ({ weight, forMs: 0 })),
    checks: { successRate: {}, ...given },
  });
  return { id: 7, plan, state: { ...startRollout(0), step: 1, ...state } };
}

const untilSaid = (rollout: ReturnType<typeof rolloutOf>, pattern: RegExp) =>
  waitFor(
    () => {
      const said = checks.outcomes(rollout);
      return said.every(({ detail }) => pattern.test(detail)) ? said : undefined;
    },
    { what: `everybody to say ${pattern}`, timeoutMs: 10_000 },
  );

const yes = JSON.stringify({ rollout: 7, answer: "yes" });

test("a query is asked as Prometheus takes it, and its bounds are held", async () => {
  const { url, received } = await receiver((response) => {
    const result = [{ metric: { version: "v2" }, value: [1, "0.97"] }];
    response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
  });
  const base = url.replace("/hook", "/");
  const rollout = rolloutOf({ queries: [{ name: "slo", url: base, query: "a / b", min: 0.99 }] });
  expect(checks.outcomes(rollout)).toEqual([
    { name: "slo", outcome: "unknown", detail: "has not answered yet" },
  ]);
  expect(await untilSaid(rollout, /below/)).toEqual([
    { name: "slo", outcome: "fail", detail: '0.97 of {version="v2"} is below 0.99' },
  ]);
  expect(received[0]).toMatchObject({ url: "/api/v1/query", body: "query=a+%2F+b" });
});

test("a webhook is told what it is asked about, signed, and retried under the same id", async () => {
  const secret = `whsec_${btoa("x".repeat(32))}`;
  const { url, received } = await receiver((response, _one, count) => {
    response.writeHead(count === 1 ? 503 : 200).end(yes);
  });
  const rollout = rolloutOf({ webhooks: [{ name: "gate", url, when: "step", secret }] });
  expect(await untilSaid(rollout, /yes/)).toEqual([{ name: "gate", outcome: "pass", detail: "says yes" }]);
  const [first, second] = received;
  expect(
    new Webhook(secret).verify(second?.body ?? "", second?.headers as Record<string, string>),
  ).toMatchObject({
    type: "rollout.step",
    data: {
      ...{ rollout: 7, plan: "payments-v2", namespace: "shop", service: "payments", phase: "running" },
      ...{ baseline: "v1", canary: "v2", step: 2, steps: 3, weight: 10 },
    },
  });
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
});

test("one that hangs keeps nobody waiting and is unknown", async () => {
  const hanging = await receiver(() => {});
  const fine = await receiver((response) => void response.end(yes));
  const rollout = rolloutOf({
    webhooks: [
      { name: "hangs", url: hanging.url, when: "confirm", timeoutMs: 200, retries: 0 },
      { name: "fine", url: fine.url, when: "step" },
    ],
  });
  expect(await untilSaid(rollout, /no whole answer within 200 ms|says yes/)).toMatchObject([
    { name: "hangs", outcome: "unknown" },
    { name: "fine", outcome: "pass" },
  ]);
});

test("a redirect leads nowhere", async () => {
  const elsewhere = await receiver((response) => void response.end(yes));
  const leading = await receiver((response) => response.writeHead(302, { location: elsewhere.url }).end());
  const rollout = rolloutOf({ webhooks: [{ name: "gate", url: leading.url, when: "step" }] });
  expect(await untilSaid(rollout, /redirect/)).toMatchObject([{ outcome: "unknown" }]);
  expect(elsewhere.received).toEqual([]);
});

test("an answer is asked for again, and is worth nothing once it is old", async () => {
  let answers = 0;
  const { url, received } = await receiver((response) => {
    if (++answers === 1) response.end(yes);
  });
  const rollout = rolloutOf({ webhooks: [{ name: "gate", url, when: "confirm" }] });
  await untilSaid(rollout, /yes/);
  checks.outcomes(rollout);
  expect(received).toHaveLength(1);
  passedMs += 10_000;
  expect(checks.outcomes(rollout)).toMatchObject([{ outcome: "pass" }]);
  await waitFor(() => received.length === 2, { what: "the second question" });
  passedMs += 51_000;
  expect(checks.outcomes(rollout)).toEqual([
    { name: "gate", outcome: "unknown", detail: "has not answered for 61 s; the last time: says yes" },
  ]);
});

test("the time of day may jump: an answer is as old as it is, and is asked for as often as ever", async () => {
  let answers = 0;
  const { url, received } = await receiver((response) => {
    if (++answers === 1) response.end(yes);
  });
  const rollout = rolloutOf({ webhooks: [{ name: "gate", url, when: "confirm" }] });
  await untilSaid(rollout, /yes/);
  for (const jump of [86_400_000, -172_800_000]) {
    nowMs += jump;
    expect(checks.outcomes(rollout)).toMatchObject([{ outcome: "pass" }]);
  }
  expect(received).toHaveLength(1);
  passedMs += 61_000;
  expect(checks.outcomes(rollout)).toMatchObject([{ outcome: "unknown" }]);
  await waitFor(() => received.length === 2, { what: "the second question" });
});

test("so many are asked at a time, and the others when it is their turn; another rollout's at once", async () => {
  const open: ServerResponse[] = [];
  const { url, received } = await receiver((response) => void open.push(response));
  const webhooks = Array.from({ length: 20 }, (_, n) => ({
    ...{ name: `gate ${n}`, url, when: "confirm" as const },
  }));
  const rollout = rolloutOf({ webhooks });
  checks.outcomes(rollout);
  await waitFor(() => received.length === 6, { what: "six questions" });
  const other = { ...rolloutOf({ webhooks: [{ ...webhooks[0]!, name: "other" }] }), id: 8 };
  checks.outcomes(other);
  await waitFor(() => received.length === 7, { what: "another rollout's question" });
  expect(open).toHaveLength(7); // the first rollout's other fourteen wait
  let answered = 0;
  await waitFor(
    () => {
      for (const response of open.splice(0)) {
        response.end(yes);
        answered++;
      }
      return answered === 21;
    },
    { what: "everybody to be asked" },
  );
  await untilSaid(rollout, /yes/);
});

test("what is asked before is asked once, of a canary without requests no query is, and each step begins anew", async () => {
  const { url, received } = await receiver((response) => void response.end(yes));
  const given: Given = {
    queries: [{ name: "slo", url, query: "up", min: 1 }],
    webhooks: [{ name: "load test", url, when: "pre" }],
  };
  const before = rolloutOf(given, { step: 0 });
  await untilSaid(before, /yes/);
  passedMs += 3_600_000;
  expect(checks.outcomes(before)).toEqual([{ name: "load test", outcome: "pass", detail: "says yes" }]);
  expect(received.map(({ url: path }) => path)).toEqual(["/hook"]);
  expect(checks.outcomes(rolloutOf(given)).map(({ name, outcome }) => [name, outcome])).toEqual([
    ["slo", "unknown"],
  ]);
});

test("a plan without any asks nobody", () => {
  expect(checks.outcomes(rolloutOf({ webhooks: [{ name: "told", url: "http://x", when: "post" }] }))).toEqual(
    [],
  );
});
