import {
  type ConfigStore,
  commitTelemetry,
  createTelemetryCaches,
  type DecisionPoint,
  openConfigStore,
  openSql,
} from "@weir/store";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { runCommand } from "./run-command.ts";

let database: TestDatabase;
let store: ConfigStore;
let out: string[];
let err: string[];

beforeEach(async () => {
  [out, err] = [[], []];
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  for (const service of ["payments", "cart"])
    await store.registerSidecar(
      { proxyId: service, workload: { namespace: "shop", service, version: "v1" }, release: "0.1.0" },
      { controllerId: "test", leaseMs: 600_000 },
    );
  for (const [name, targetRef] of [
    ["who-may", "payments"],
    ["unmet", "cart"],
  ] as const)
    await store.putPolicy(
      {
        ...{ kind: "authorization", namespace: "shop", name, targetRef },
        rules: [{ from: [{ services: ["cart"] }] }],
      },
      { author: "ann" },
    );
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

function weir(...args: string[]): Promise<number> {
  const config = readConfig({ DATABASE_URL: database.databaseUrl, WEIR_AUTHOR: "ann" });
  const print = (to: string[]) => (text: string) => void to.push(text);
  return runCommand(args, config, { print: print(out), printError: print(err) });
}

/** What the policy of payments observed about a caller's requests. */
async function observed(source: string, verdict: string, evaluated: number, wouldAct: number): Promise<void> {
  const decision: DecisionPoint = {
    timeMs: Date.now() - 20_000,
    policy: { namespace: "shop", name: "who-may", kind: "authorization", revision: 1 },
    ...{ mode: "observe", verdict, evaluated, wouldAct, acted: 0 },
    source: { namespace: "shop", service: source, version: "v1" },
    destination: { namespace: "shop", service: "payments", version: "v1" },
  };
  const none = { accessLogs: [], logs: [], edgePoints: [], metricPoints: [] };
  const digest = crypto.getRandomValues(new Uint8Array(32));
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  await commitTelemetry(
    sql,
    { requests: [{ digest, ...none, decisionPoints: [decision] }] },
    createTelemetryCaches(),
  );
  await sql.end();
}

const modeOf = async (name: string) => (await store.getPolicy("shop", name))?.resolvedMode.mode;

test("what denies nobody is enforced and guarded at once", async () => {
  await observed("cart", "allow", 900, 0);
  expect(await weir("enforce", "policy", "shop/who-may", "--reason", "measured", "--for", "5m")).toBe(0);
  expect(out.join("\n")).toMatch(
    /^POLICY +SERVICE +REQUESTS +WOULD ACT +HOW\nshop\/who-may +payments +900 +0 \(0 %\) +-$/m,
  );
  expect(out.at(-1)).toBe(
    "policy shop/who-may: enforce; the guard watches for 5m (/enforcements/1 in the console)",
  );
  expect(await modeOf("who-may")).toBe("enforce");
  expect(await store.getEnforcement(1)).toMatchObject({
    ...{ phase: "watching", budget: { forMs: 300_000 }, createdBy: "ann", reason: "measured" },
  });
});

test("a caller's name cannot steer the terminal, neither in the table nor in the refusal", async () => {
  await observed("bad\u001b[2J\u202e\n", "deny", 30, 30);
  expect(await weir("enforce", "policy", "shop/who-may")).toBe(4);
  const said = [...out, ...err].join("\n");
  expect(said).toContain("shop/bad\uFFFD[2J\uFFFD\uFFFD");
  expect(said).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});

test("who would be denied is printed, and nothing changes without --yes", async () => {
  await observed("cart", "allow", 900, 0);
  await observed("batch", "deny", 30, 30);
  expect(await weir("enforce", "shop/payments")).toBe(4);
  expect(out.join("\n")).toMatch(/^shop\/batch +30 +30 +shop\/payments +100 % +shop\/who-may$/m);
  expect(err.join("\n")).toContain(
    "requests of shop/batch would be denied, and nobody has agreed to that; mend the policy, or agree with --yes",
  );
  expect(await modeOf("who-may")).toBe("observe");
  expect(await weir("enforce", "shop/payments", "--yes", "--no-guard", "-o", "json")).toBe(0);
  expect(JSON.parse(out.at(-1) ?? "")).toMatchObject({ phase: "unguarded", denied: [{ service: "batch" }] });
  expect(await modeOf("who-may")).toBe("enforce");
});

test("what nothing has passed is enforced with --yes only, the whole mesh too", async () => {
  await observed("cart", "allow", 900, 0);
  expect(await weir("enforce", "--mesh")).toBe(4);
  expect(err.join("\n")).toContain(
    "fewer than 20 requests have met shop/unmet in the window, so there is no evidence",
  );
  expect(await weir("enforce", "--namespace", "shop", "--yes", "--for", "48h")).toBe(0);
  const twoDaysMs = 48 * 3_600_000;
  expect((await store.getEnforcement(1))?.budget, "nobody stops watching before").toMatchObject({
    ...{ forMs: twoDaysMs, maxDurationMs: 2 * twoDaysMs },
  });
  expect([await modeOf("who-may"), await modeOf("unmet")]).toEqual(["enforce", "enforce"]);
  expect(await weir("enforce", "--namespace", "shop", "--yes")).toBe(4);
  expect(err.join("\n")).toContain("namespace shop is set to enforce already");
});

test("what is watched is listed, shown with what was seen, taken back or kept", async () => {
  await observed("cart", "allow", 900, 0);
  expect(await weir("enforce", "list")).toBe(0);
  expect(out).toEqual(["the guard watches nothing"]);
  await weir("enforce", "policy", "shop/who-may", "--reason", "measured\u001b[2J");
  out = [];
  expect(await weir("enforce", "list")).toBe(0);
  expect(out[0]).toMatch(/^1 +policy shop\/who-may +watched by the guard +\S+Z +ann +measured\uFFFD\[2J$/m);
  out = [];
  expect(await weir("enforce", "show", "1")).toBe(0);
  expect(out[0]).toMatch(
    /^policy shop\/who-may: set to enforce \(enforcement 1\); before it was inherited$/m,
  );
  expect(out[0]).toMatch(/^watched by the guard$/m);
  expect(out[0]).toMatch(/^policy shop\/who-may +shop\/cart +acted on +0% +\S+% +no request +kept$/m);
  out = [];
  expect(await weir("enforce", "take-back", "1", "--reason", "it hurts")).toBe(0);
  expect(out).toEqual(["policy shop/who-may: taken back by hand"]);
  expect(await modeOf("who-may")).toBe("observe");
  out = [];
  expect(await weir("enforce", "show", "1")).toBe(0);
  expect(out[0], "what became of it is said once, in words").toMatch(/^taken back: by hand$/m);
  expect(out[0]).toMatch(/^\S+Z +ann +taken back +by hand \(it hurts\)$/m);
  expect(out[0]).toMatch(/^\S+Z +ann +enforced +policy shop\/who-may: enforced, watched by the guard/m);
  out = [];
  expect(await weir("enforce", "list", "--all")).toBe(0);
  expect(out[0]).toMatch(/^1 +policy shop\/who-may +taken back +\S+Z +ann +by hand$/m);
  out = [];
  expect(await weir("enforce", "show", "1", "-o", "json")).toBe(0);
  const shown = JSON.parse(out[0] ?? "");
  expect(shown).toMatchObject({
    ...{ id: 1, phase: "takenBack" },
    events: [{ action: "takeBack", author: "ann", comment: "it hurts" }, { action: "start" }],
  });
  expect(shown).not.toHaveProperty("progress");
  await weir("enforce", "policy", "shop/who-may", "--yes");
  out = [];
  expect(await weir("enforce", "keep", "2")).toBe(0);
  expect(out).toEqual(["policy shop/who-may: kept by hand: nobody watches any more"]);
  expect(await modeOf("who-may")).toBe("enforce");
  expect(await weir("enforce", "take-back", "2")).toBe(4);
  expect(err).toEqual(["weir: nobody watches it any more: it is over"]);
  out = [];
  await weir("enforce", "list", "--all", "-o", "json");
  expect(JSON.parse(out[0] ?? "")).toMatchObject([
    { id: 2, phase: "kept" },
    { id: 1, phase: "takenBack" },
  ]);
});

test("of what there is not, nothing but the error is said", async () => {
  expect(await weir("enforce", "shop/ghost")).toBe(4);
  expect([out, err]).toEqual([[], [expect.stringContaining("there is no service shop/ghost")]]);
});

test.each`
  args                                              | code | said
  ${[]}                                             | ${2} | ${"name one thing to enforce"}
  ${["shop/payments", "--mesh"]}                    | ${2} | ${"name one thing to enforce"}
  ${["policy"]}                                     | ${2} | ${"does not name a service"}
  ${["shop/payments", "--for", "soon"]}             | ${2} | ${"--for soon is no time"}
  ${["shop/payments", "--no-guard", "--for", "5m"]} | ${2} | ${"write either --no-guard or --for"}
  ${["shop/payments", "--window", "long"]}          | ${2} | ${"--window long is no length of time"}
  ${["shop/ghost"]}                                 | ${4} | ${"there is no service shop/ghost"}
  ${["policy", "shop/ghost"]}                       | ${4} | ${"there is no policy shop/ghost"}
  ${["show", "7"]}                                  | ${4} | ${"there is no enforcement 7; see weir enforce list --all"}
  ${["keep", "7"]}                                  | ${4} | ${"there is no enforcement 7"}
  ${["take-back", "it"]}                            | ${2} | ${"Write its number, such as 7."}
`("enforce $args ends with $code", async ({ args, code, said }) => {
  expect(await weir("enforce", ...args)).toBe(code);
  expect(err.join("\n")).toContain(said);
});
