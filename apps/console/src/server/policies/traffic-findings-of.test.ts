import { Policy } from "@weir/domain";
import { waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { readTrafficFacts } from "../status/read-traffic-facts.ts";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { registerShop } from "../testing/register-shop.ts";

let mesh: ConsoleForTest;
const nowMs = Date.UTC(2026, 10, 1, 10, 30);
const policies = () => mesh.as({ now: () => nowMs }).policies;
const endOf = (service: string) => ({ namespace: "shop", service, version: "v1" });

beforeAll(async () => {
  mesh = await consoleForTest();
  await registerShop(mesh.config);
  const requestAt = (agoMs: number, service: string) => ({
    ...{ timeNs: BigInt(nowMs - agoMs) * 1_000_000n, reporter: "source" as const },
    ...{ source: endOf(service), destination: endOf("payments"), protocol: "http", method: "POST" },
    ...{ path: "/pay", host: "payments", status: 200, flag: "", durationNs: 40_000_000n },
    ...{ upstreamNs: 39_000_000n, requestBytes: 1, responseBytes: 1, decisions: [] },
  });
  await mesh.commit({
    accessLogs: [
      requestAt(1_000, "cart"),
      requestAt(2_000, "web"),
      requestAt(3_000, "web"),
      requestAt(700_000, "forgotten"), // before the window
    ],
    edgePoints: [
      {
        ...{
          timeMs: nowMs - 60_000,
          reporter: "source",
          source: endOf("cart"),
          destination: endOf("payments"),
        },
        ...{ protocol: "http", method: "POST", statusClass: 2, flag: "", requests: 5, requestBytes: 0 },
        ...{
          responseBytes: 0,
          durationSumSeconds: 1,
          histogram: { indexes: [1], counts: [5] },
          exemplars: [],
        },
      },
    ],
  });
});
afterAll(() => mesh.close());

const only = (service: string) => `kind: authorization
name: only
namespace: shop
targetRef: payments
rules:
  - from:
      - services: [${service}]
`;

test("a draft is judged by the requests of the last ten minutes, at its lines", async () => {
  const [draft] = await policies().check({ text: only("cart, forgotten") });
  expect(draft?.findings.filter(({ code }) => code === "leaves-out-caller")).toEqual([
    expect.objectContaining({
      ...{ severity: "warning", path: "rules", line: 5, column: 1 },
      message: "2 requests of the last 10 minutes would be refused, from shop/web",
      fix: expect.stringMatching(/^Add the caller/),
    }),
  ]);
});

test("what lets in all who came is not objected to", async () => {
  const [draft] = await policies().check({ text: only("cart, web") });
  expect(draft?.findings.map(({ code }) => code)).not.toContain("leaves-out-caller");
});

test("a file of many policies is judged without the traffic", async () => {
  const text = Array.from({ length: 6 }, (_, i) => only("cart").replace("only", `only-${i}`)).join("---\n");
  const drafts = await policies().check({ text });
  expect(drafts.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual([]);
});

const retrying = (service: string, attempts: number) => `kind: route
name: ${service}-retries
namespace: shop
targetRef: ${service}
rules:
  - retry:
      on: [5xx]
      attempts: ${attempts}
`;

test("retries of services that call each other are multiplied, at the line of the attempts", async () => {
  await mesh.config.putPolicy(Policy.parse(parse(retrying("cart", 2))), { author: "ada" });
  const [draft] = await policies().check({ text: retrying("payments", 3) });
  expect(draft?.findings.filter(({ code }) => code === "retries-multiply")).toEqual([
    expect.objectContaining({
      ...{ severity: "warning", path: "rules[0].retry.attempts", line: 8 },
      message: expect.stringMatching(/^one request may become 12 at shop\/payments: shop\/cart, then/),
    }),
  ]);
});

test("what the traffic says against a policy does not keep it from being saved", async () => {
  const saved = await policies().save({ text: only("forgotten"), expectedRevision: 0 });
  expect(saved).toMatchObject({ name: "only", revision: 1 });
});

test("weir check says the same of what is in force", async () => {
  const policy = Policy.parse(parse(only("forgotten")));
  const { findings, unread } = await readTrafficFacts({ ...mesh.context, now: () => nowMs }, [policy], {
    budgetMs: 60_000,
  });
  expect(findings.map(({ finding }) => finding.code)).toContain("leaves-out-caller");
  expect(unread).toBe(0);
});

test("when the time is up the rest is told as not judged", async () => {
  const policy = Policy.parse(parse(only("cart")));
  let nowMs = 0;
  const slow = () => (nowMs += 1_000);
  const others = ["b", "c", "d"].map((name) => ({ ...policy, name }));
  expect(
    await readTrafficFacts(mesh.context, [policy, ...others], { budgetMs: 1_500, clock: slow }),
  ).toMatchObject({ unread: 3 });
});

test("the list counts what is said of each policy, by its severity, as soon as the log was read", async () => {
  const counted = await waitFor(
    async () => {
      const listed = await policies().list({ window: "15m" });
      const counts = listed.find(({ name }) => name === "only")?.findings;
      return counts?.info === 1 && counts;
    },
    { what: "a list that had time enough to read the log" },
  );
  expect(counted).toEqual({ error: 0, warning: 2, info: 1 });
});
