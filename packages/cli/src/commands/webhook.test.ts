import { type ConfigStore, openConfigStore } from "@weir/store";
import { createTestDatabase, waitFor } from "@weir/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { runCommand } from "./run-command.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: ConfigStore;
beforeAll(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

let out: string[];
let err: string[];
beforeEach(() => {
  out = [];
  err = [];
});

const weir = (...args: string[]) => weirOf("ann", ...args);

function weirOf(author: string, ...args: string[]): Promise<number> {
  return runCommand(
    ["webhook", ...args],
    readConfig({ DATABASE_URL: database.databaseUrl, WEIR_AUTHOR: author }),
    { print: (text) => void out.push(text), printError: (text) => void err.push(text) },
  );
}

/** What a controller does with the test that is sent. */
async function answerTest(attempt: Parameters<ConfigStore["recordAttempt"]>[1]): Promise<void> {
  const due = await waitFor(async () => (await store.dueDeliveries()).find(({ isTest }) => isTest), {
    what: "the test",
  });
  await store.recordAttempt(due, attempt);
}

const slackUrl = "https://hooks.slack.com/services/T0000/B0000/s3cret";

test("a webhook is added with a secret that is shown once, listed, paused, resumed and removed", async () => {
  expect(await weir("add", "ops", "https://ops.example/hook", "--topic", "health", "rollout")).toBe(0);
  expect(out.join("\n")).toMatch(/^ops is told of health, rollout\nsecret, shown this once: whsec_\S+/);
  expect(await weir("add", "chat", slackUrl, "--format", "slack")).toBe(0);
  expect(await weir("pause", "ops")).toBe(0);
  out = [];
  await weir("list");
  expect(out[0]?.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
    ["NAME", "FORMAT", "ADDRESS", "TOPICS", "LEAST", "STATE"],
    ["chat", "slack", "https://hooks.slack.com/…cret", "all", "info", "nothing sent yet"],
    ["ops", "json", "https://ops.example/…", "health,rollout", "info", "paused, nothing sent yet"],
  ]);
  out = [];
  await weir("list", "-o", "json");
  expect(JSON.parse(out[0] ?? "")).toMatchObject([
    { name: "chat", address: "https://hooks.slack.com/…cret" },
    {},
  ]);
  expect(out[0]).not.toContain("T0000");
  expect(await weir("resume", "ops", "--reason", "well again")).toBe(0);
  expect(await store.listAudit({ limit: 1 })).toMatchObject([
    { action: "target.resume", subject: "target/ops", author: "ann", reason: "well again" },
  ]);
  expect((await store.listTargets()).map(({ paused }) => paused)).toEqual([false, false]);
  expect(await weir("remove", "ops")).toBe(0);
  expect(await weir("remove", "ops")).toBe(4);
  expect(err).toEqual(["weir: there is no webhook ops; there is chat"]);
});

test("a test says what came of it, with what steers a terminal shown and not obeyed", async () => {
  await weir("add", "tested", "https://ops.example/hook", "-o", "json");
  expect(JSON.parse(out[0] ?? "")).toMatchObject({
    name: "tested",
    secret: expect.stringMatching(/^whsec_/),
  });
  out = [];
  const [code] = await Promise.all([
    weir("test", "tested"),
    answerTest({ outcome: "delivered", status: 200 }),
  ]);
  expect([code, out]).toEqual([0, ["tested: delivered, answered 200"]]);
  out = [];
  const [failed] = await Promise.all([
    weir("test", "tested"),
    answerTest({ outcome: "failed", error: "cannot be reached: o\u001b[2Jk" }),
  ]);
  expect([failed, out]).toEqual([1, ["tested: not delivered, cannot be reached: o\uFFFD[2Jk"]]);
});

test.each`
  args                                                      | code | sentence
  ${["add", "x", "ftp://ops.example"]}                      | ${4} | ${/url: must be an http or https URL/}
  ${["add", "x", "https://a.b", "--format", "grafana"]}     | ${4} | ${/token: is needed for Grafana/}
  ${["add", "x", "https://a:b@ops.example"]}                | ${4} | ${/must not hold a user or a password/}
  ${["add", "x", "https://a.example", "--topic", "gossip"]} | ${2} | ${/gossip/}
  ${["test", "nobody"]}                                     | ${4} | ${/there is no webhook nobody/}
`("$args leaves with $code", async ({ args, code, sentence }) => {
  expect(await weir(...args)).toBe(code);
  expect(err.join("\n")).toMatch(sentence);
});

test("Grafana is told with a token that is shown nowhere", async () => {
  expect(
    await weir("add", "panels", "https://grafana.example", "--format", "grafana", "--token", "glsa_x"),
  ).toBe(0);
  expect(out.join()).toMatch(/^panels is told of config/);
  await weir("list", "-o", "json");
  expect(out.join()).toContain('"grafana"');
  expect(out.join()).not.toContain("glsa_x");
});

test("nobody changes anything under the controller's name", async () => {
  expect(await weirOf("Weir", "add", "mine", "https://ops.example")).toBe(4);
  expect(err).toEqual([
    'weir: WEIR_AUTHOR is wrong: "weir" is the author of what the controller does by itself',
  ]);
});
