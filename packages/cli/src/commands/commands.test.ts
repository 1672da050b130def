import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConfigStore, openConfigStore } from "@weir/store";
import { createTestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { runCommand } from "./run-command.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: ConfigStore;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  store = openConfigStore(database.databaseUrl);
  folder = mkdtempSync(join(tmpdir(), "weir commands "));
  for (const [index, version] of ["v1", "v2"].entries())
    await store.registerSidecar(
      {
        proxyId: `payments-${version}`,
        workload: { namespace: "shop", service: "payments", version },
        inboundAddress: `127.0.0.1:${17_000 + index}`,
        release: "0.1.0",
      },
      { controllerId: "test", leaseMs: 600_000 },
    );
});
afterAll(async () => {
  await store.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

let out: string[];
let err: string[];
beforeEach(() => {
  out = [];
  err = [];
});

function weir(...args: string[]): Promise<number> {
  const config = readConfig({ DATABASE_URL: database.databaseUrl, WEIR_AUTHOR: "ann", INIT_CWD: folder });
  return runCommand(args, config, {
    print: (text) => void out.push(text),
    printError: (text) => void err.push(text),
  });
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const canary = (more = "") => `
kind: canary
name: payments-canary
namespace: shop
targetRef: payments
backends: [{ version: v1, weight: 70 }, { version: v2, weight: 30 }]
${more}`;

describe("weir policy and weir canary", () => {
  test("setting shares keeps who is pinned, what is copied and what users stick to", async () => {
    const more = `pins: [{ match: [{ method: PUT }], version: v2 }]
mirror: { version: v2, percent: 5 }
sticky: { cookie: weir-sticky, maxAgeS: 60 }
`;
    const kept = canary(more).replace("payments-canary", "kept");
    expect(await weir("policy", "apply", "-f", file("kept.yaml", kept))).toBe(0);
    expect(await weir("canary", "set", "shop/payments", "v1=40", "v2=60")).toBe(0);
    expect((await store.getPolicy("shop", "kept"))?.policy).toMatchObject({
      backends: [{ weight: 40 }, { weight: 60 }],
      pins: [{ match: [{ method: "PUT" }], version: "v2" }],
      mirror: { version: "v2", percent: 5 },
      sticky: { cookie: "weir-sticky", maxAgeS: 60 },
    });
    expect(await weir("policy", "delete", "shop/kept")).toBe(0);
  });

  test("write, print and delete what is written", async () => {
    expect(await weir("policy", "apply", "-f", file("canary.yaml", canary()), "--reason", "try v2")).toBe(0);
    expect(out).toEqual(["shop/payments-canary: revision 1"]);
    expect(await store.listAudit({ limit: 1 })).toMatchObject([{ author: "ann", reason: "try v2" }]);
    out = [];
    expect(await weir("canary", "set", "shop/payments", "v1=40", "v2=60")).toBe(0);
    expect(out).toEqual(["shop/payments: v1=40 v2=60 (policy shop/payments-canary, revision 2)"]);
    out = [];
    expect(await weir("policy", "get", "shop/payments-canary")).toBe(0);
    expect(out[0]).toContain("# revision 2\n");
    expect(await weir("policy", "apply", "-f", file("again.yaml", out[0] ?? ""))).toBe(0);
    expect(out[1]).toBe("shop/payments-canary: revision 2");
    expect(await weir("policy", "delete", "shop/payments-canary")).toBe(0);
    expect(await store.listPolicies()).toEqual([]);
  });

  test("a file is compared with what is in force, and deleted by what it names", async () => {
    const compared = canary().replace("payments-canary", "compared");
    const path = file("canary.yaml", compared);
    expect(await weir("policy", "diff", "-f", path)).toBe(1);
    expect(out[0]).toContain("+kind: canary");
    expect(await weir("policy", "apply", "-f", path)).toBe(0);
    out = [];
    expect(await weir("policy", "diff", "-f", path)).toBe(0);
    expect(out).toEqual([]);
    const moved = file("moved.yaml", compared.replace("weight: 70", "weight: 60").replace("30", "40"));
    expect(await weir("policy", "diff", "-f", moved)).toBe(1);
    expect(out[0]).toContain("--- shop/compared\trevision 1\n+++ shop/compared\tto be applied");
    expect(out[0]).toMatch(/^-.*weight: 70\n\+.*weight: 60$/m);
    expect(err.at(-1)).toContain("1 of 1 policies would change");
    expect(await weir("policy", "delete", "-f", path)).toBe(0);
    expect(await store.listPolicies()).toEqual([]);
  });

  test("a file says what it was made from: a stale one is refused with what differs", async () => {
    const kept = canary().replace("payments-canary", "stale");
    await weir("policy", "apply", "-f", file("kept.yaml", kept));
    out = [];
    await weir("policy", "get", "shop/stale");
    const read = out[0] ?? "";
    expect(read).toMatch(/^# revision 1\n/);
    const moved = read.replace("70", "60").replace("30", "40");
    expect(await weir("policy", "apply", "-f", file("mine.yaml", moved))).toBe(0);
    const late = file("late.yaml", read.replace("70", "50").replace("30", "50"));
    expect(await weir("policy", "apply", "-f", late)).toBe(4);
    expect(err.at(-1)).toMatch(
      /^weir: nothing was written\. shop\/stale was changed meanwhile: the file was made from revision 1, revision 2 is in force\. /,
    );
    expect(err.at(-1)).toContain("--- shop/stale  revision 2\n+++ shop/stale  to be applied\n");
    expect(err.at(-1)).toMatch(/^-.*weight: 60\n\+.*weight: 50$/m);
    expect(await weir("policy", "apply", "-f", file("same.yaml", moved))).toBe(0);
    expect(await weir("policy", "apply", "-f", late, "--revision", "2")).toBe(0);
    await weir("policy", "delete", "shop/stale");
    expect(await weir("policy", "apply", "-f", late)).toBe(4);
    expect(err.at(-1)).toContain(
      "shop/stale was deleted meanwhile by ann: the file was made from revision 1",
    );
    const other = file("other.yaml", read.replace("name: stale", "name: never"));
    expect(await weir("policy", "apply", "-f", other)).toBe(4);
    expect(err.at(-1)).toContain("there never was a policy shop/never: the file was made from revision 1");
    expect(await store.listPolicies()).toEqual([]);
  });

  test("of several policies none is written where one is stale", async () => {
    const stale = canary().replace("payments-canary", "a");
    const limit =
      "kind: rateLimit\nname: limit\nnamespace: shop\ntargetRef: payments\nmaxTokens: 1\ntokensPerFill: 1\nfillIntervalMs: 1000\n";
    const both = file("both.yaml", `${limit}---\n# revision 4\n${stale.trimStart()}`);
    expect(await weir("policy", "apply", "-f", both)).toBe(4);
    expect(err.at(-1)).toContain("there never was a policy shop/a: the file was made from revision 4");
    expect(err.at(-1)).toContain("or write over it with --over");
    expect(await store.listPolicies()).toEqual([]);
    expect(await weir("policy", "apply", "-f", both, "--over", "--revision", "1")).toBe(2);
    expect(await weir("policy", "apply", "-f", both, "--over"), "as a copy is restored").toBe(0);
    expect((await store.listPolicies()).map(({ policy }) => policy.name)).toEqual(["a", "limit"]);
    for (const name of ["a", "limit"]) await store.deletePolicy("shop", name, { author: "ann" });
  });

  const limit = (name: string, tokens = 1) =>
    `kind: rateLimit\nname: ${name}\nnamespace: shop\ntargetRef: payments\nmaxTokens: ${tokens}\ntokensPerFill: 1\nfillIntervalMs: 1000\n`;

  test("a file is one change: applied, and deleted, as a whole or not at all", async () => {
    const path = file("three.yaml", ["m-a", "m-b", "m-c"].map((name) => limit(name)).join("---\n"));
    expect(await weir("policy", "apply", "-f", path)).toBe(0);
    expect(out).toEqual(["shop/m-a: revision 1\nshop/m-b: revision 1\nshop/m-c: revision 1"]);
    const revisions = (await store.listAudit({ limit: 3 })).map(({ configRevision }) => configRevision);
    expect(new Set(revisions).size).toBe(1);
    expect(await weir("policy", "delete", "shop/m-b")).toBe(0);
    expect(await weir("policy", "delete", "-f", path)).toBe(4);
    expect(err.at(-1)).toBe("weir: nothing was deleted: there is no policy shop/m-b");
    expect((await store.listPolicies()).map(({ policy }) => policy.name)).toEqual(["m-a", "m-c"]);
    expect(
      await weir("policy", "delete", "-f", file("two.yaml", `${limit("m-a")}---\n${limit("m-c")}`)),
    ).toBe(0);
    expect(out.at(-1)).toBe("shop/m-a: deleted\nshop/m-c: deleted");
    expect(await store.listPolicies()).toEqual([]);
  });

  test("more than sidecars bear is not applied, and told of once for many", async () => {
    const many = Array.from({ length: 201 }, (_, at) => limit(`many-${at}`)).join("---\n");
    expect(await weir("policy", "apply", "-f", file("many.yaml", many))).toBe(4);
    expect(err.at(-1)).toContain(
      "targetRef: payments would have 201 policies; its sidecars bear 200. Put several into one policy, or delete some first.",
    );
    expect(err.at(-1)).toMatch(/\n {2}… and 151 more$/);
    expect(
      await weir("policy", "delete", "-f", file("many.yaml", many)),
      "what a file says is of no account",
    ).toBe(4);
    expect(err.at(-1)).toMatch(/^weir: nothing was deleted: there is no policy shop\/many-0, shop\/many-1, /);
  });

  test.each(["apply", "diff", "delete"])(
    "%s refuses a policy that stands twice, at both places",
    async (verb) => {
      const twice = file("twice.yaml", `${limit("m-a")}---\n${limit("m-a", 2)}`);
      expect(await weir("policy", verb, "-f", twice)).toBe(4);
      expect(err.at(-1)).toMatch(/twice\.yaml:2:1: shop\/m-a: name: shop\/m-a stands at line 10 too\. /);
      expect(err.at(-1)).toMatch(/twice\.yaml:10:1: shop\/m-a: name: shop\/m-a stands at line 2 too\. /);
      expect(await store.listPolicies()).toEqual([]);
    },
  );

  test("a file that was made from another revision than the one in force is refused", async () => {
    const made = canary().replace("payments-canary", "made");
    const path = file("canary.yaml", made);
    expect(await weir("policy", "apply", "--revision", "0", "-f", path)).toBe(0);
    const moved = file("moved.yaml", made.replace("70", "60").replace("30", "40"));
    expect(await weir("policy", "apply", "--revision", "0", "-f", moved)).toBe(4);
    expect(err.at(-1)).toContain("was changed meanwhile");
    expect(await weir("policy", "apply", "--revision", "1", "-f", moved)).toBe(0);
    expect(await weir("policy", "apply", "--revision", "two", "-f", moved)).toBe(2);
    expect(
      await weir("policy", "apply", "--revision", "2", "-f", file("two.yaml", `${made}\n---${canary()}`)),
    ).toBe(2);
    expect(await weir("policy", "delete", "shop/made")).toBe(0);
  });

  test.each`
    args                                                    | code | said
    ${["canary", "set", "shop/payments", "v1=40", "v2=50"]} | ${4} | ${"weights must sum to 100, these sum to 90"}
    ${["canary", "set", "shop/payments", "v1=40", "v3=60"]} | ${4} | ${"payments has no version v3; it has v1, v2"}
    ${["canary", "set", "shop/nothing", "v1=100"]}          | ${4} | ${"no service nothing in namespace shop; it has payments"}
    ${["canary", "set", "payments", "v1=100"]}              | ${2} | ${'"payments" does not name a service; write namespace/name'}
    ${["canary", "set", "shop/payments", "v1:100"]}         | ${2} | ${'"v1:100" is not a share; write version=weight'}
    ${["canary", "stable", "shop/payments", "v3"]}          | ${4} | ${"payments has no version v3; it has v1, v2"}
    ${["canary", "stable", "shop/nothing", "v1"]}           | ${4} | ${"there is no service shop/nothing; there is shop/payments"}
    ${["canary", "stable", "payments", "v1"]}               | ${2} | ${'"payments" does not name a service; write namespace/name'}
    ${["canary", "stable", "shop/payments"]}                | ${2} | ${"missing required argument 'version'"}
    ${["policy", "get", "shop/nothing"]}                    | ${4} | ${"there is no policy shop/nothing"}
    ${["policy", "delete", "shop/nothing"]}                 | ${4} | ${"there is no"}
    ${["policy", "apply", "-f", "missing.yaml"]}            | ${1} | ${"cannot read"}
    ${["policy", "delete"]}                                 | ${2} | ${"name one policy as namespace/name, or a file with -f"}
    ${["policy", "apply"]}                                  | ${2} | ${"required option '-f, --file <file>' not specified"}
  `("$args ends with $code", async ({ args, code, said }) => {
    expect(await weir(...args)).toBe(code);
    expect(err.join("\n")).toContain(said);
    expect(out).toEqual([]);
  });

  test("move the stable version, which is the first one seen until then", async () => {
    const stable = async () => (await store.listServices())[0]?.stableVersionInForce;
    expect(await stable()).toBe("v1");
    expect(await weir("canary", "stable", "shop/payments", "v2", "--reason", "v2 has proved itself")).toBe(0);
    expect(out).toEqual(["shop/payments: stable version v2"]);
    expect(await stable()).toBe("v2");
    expect(await store.listAudit({ limit: 1 })).toMatchObject([
      { author: "ann", reason: "v2 has proved itself", action: "service.stableVersion", before: "v1" },
    ]);
    expect(await weir("canary", "stable", "shop/payments", "v1", "-o", "json")).toBe(0);
    expect(JSON.parse(out[1] ?? "")).toEqual({ namespace: "shop", name: "payments", stableVersion: "v1" });
    expect(await stable()).toBe("v1");
  });

  test("write nothing of a file of which one policy is wrong", async () => {
    const text = `${canary()}\n---${canary().replace("payments-canary", "other").replace("v2", "v9")}`;
    expect(await weir("policy", "apply", "-f", file("two.yaml", text))).toBe(4);
    expect(err[0]).toContain("nothing was done, for the file is not acceptable: ");
    expect(err[0]).toContain("two.yaml:13:43: shop/other: backends[1].version: payments has no version v9");
    expect(await store.listPolicies()).toEqual([]);
  });

  test.each`
    text                                  | said
    ${"{ half"}                           | ${"is not YAML"}
    ${""}                                 | ${"holds no policy"}
    ${canary("unknown: 1")}               | ${"unknown"}
    ${canary().replace("canary", "wish")} | ${"unknown kind of policy; this release knows route, canary, circuitBreaker, outlierDetection, loadBalancer, rateLimit and authorization"}
  `("refuse a file that says $said", async ({ text, said }) => {
    expect(await weir("policy", "apply", "-f", file("bad.yaml", text))).toBe(4);
    expect(err.join("\n")).toContain(said);
  });
});

describe("weir mode", () => {
  const putLimit = () =>
    store.putPolicy(
      {
        ...{ kind: "rateLimit", name: "limit", namespace: "shop", targetRef: "payments" },
        ...{ maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 1_000 },
      },
      { author: "ann" },
    );

  test("shows and sets every level", async () => {
    expect(await weir("mode")).toBe(0);
    expect(out).toEqual(["mesh: observe (set by mesh)\nshop/payments: observe (set by mesh)"]);
    expect(await weir("mode", "enforce", "--service", "shop/payments", "--yes", "--reason", "measured")).toBe(
      0,
    );
    expect(out[1]).toBe("shop/payments: enforce (set by service)");
    expect(await weir("mode", "--hold", "on")).toBe(0);
    expect(out[2]).toBe("mesh: observe (set by hold)\nshop/payments: observe (set by hold)");
    expect(await weir("mode", "--hold", "off")).toBe(0);
    expect(await weir("mode", "inherit", "--service", "shop/payments")).toBe(0);
    expect(await weir("mode", "enforce", "--namespace", "shop", "--yes", "-o", "json")).toBe(0);
    expect(JSON.parse(out.at(-1) ?? "")).toEqual([
      { what: "shop/payments", mode: "enforce", origin: "namespace" },
    ]);
    expect(await weir("mode", "inherit", "--namespace", "shop")).toBe(0);
  });

  test("inherits enforce as it enforces: only where somebody agrees", async () => {
    await putLimit();
    const at = ["--service", "shop/payments"];
    await weir("mode", "observe", ...at);
    await weir("mode", "enforce", "--yes");
    expect(await weir("mode", "inherit", ...at)).toBe(2);
    expect(err.join("\n")).toMatch(
      /inheriting enforce needs --yes .* shop\/limit.* will act .* "weir enforce"/,
    );
    expect((await store.listServices())[0]?.resolvedMode.mode).toBe("observe");
    expect(await weir("mode", "inherit", ...at, "--yes")).toBe(0);
    expect((await store.listServices())[0]?.resolvedMode.mode).toBe("enforce");
    await weir("mode", "observe");
    expect(await weir("mode", "inherit", ...at)).toBe(0);
    await store.deletePolicy("shop", "limit", { author: "ann" });
  });

  test("takes one policy back, and lets it inherit again", async () => {
    await putLimit();
    const at = ["--policy", "shop/limit"];
    expect(await weir("mode", "enforce", ...at)).toBe(2);
    expect(err.join("\n")).toMatch(
      /enforcing policies needs --yes .* policy shop\/limit will act on requests/,
    );
    expect(await weir("mode", "enforce", ...at, "--yes")).toBe(0);
    expect(await weir("mode", "observe", ...at, "--reason", "it hurts")).toBe(0);
    expect(out).toEqual([
      "policy shop/limit: enforce (set by policy)",
      "policy shop/limit: observe (set by policy)",
    ]);
    expect(await store.listAudit({ limit: 1 })).toMatchObject([{ author: "ann", reason: "it hurts" }]);
    expect(await weir("mode", "inherit", ...at)).toBe(0);
    expect(await weir("mode", ...at, "-o", "json")).toBe(0);
    expect(JSON.parse(out.at(-1) ?? "")).toEqual([
      { what: "policy shop/limit", mode: "observe", origin: "mesh" },
    ]);
    await store.deletePolicy("shop", "limit", { author: "ann" });
  });

  test("says how many policies act again when a hold is let go", async () => {
    await putLimit();
    await weir("mode", "enforce", "--policy", "shop/limit", "--yes");
    await weir("mode", "--hold", "on");
    expect(await weir("mode", "--hold", "off")).toBe(0);
    expect(out.at(-1)).toMatch(/^the hold is off: 1 policy acts again\nmesh: observe/);
    expect(await weir("mode", "--hold", "off")).toBe(0);
    expect(out.at(-1)).toMatch(/^mesh: observe/);
    await store.deletePolicy("shop", "limit", { author: "ann" });
  });

  test.each`
    args                                                              | code | said
    ${["mode", "observe", "--policy", "shop/none"]}                   | ${4} | ${"there is no policy shop/none"}
    ${["mode", "observe", "--policy", "none"]}                        | ${2} | ${'"none" does not name a policy; write namespace/name, such as shop/limit'}
    ${["mode", "enforce"]}                                            | ${2} | ${"enforcing policies needs --yes"}
    ${["mode", "sometimes"]}                                          | ${2} | ${"Allowed choices are observe, enforce, inherit"}
    ${["mode", "observe", "--hold", "on"]}                            | ${2} | ${"write either observe or --hold on"}
    ${["mode", "enforce", "--hold", "off", "--yes"]}                  | ${2} | ${"write either enforce or --hold off"}
    ${["mode", "inherit"]}                                            | ${2} | ${"the mesh has nothing to inherit from"}
    ${["mode", "observe", "--service", "shop/none"]}                  | ${4} | ${"there is no service shop/none"}
    ${["mode", "observe", "--service", "shop/a", "--namespace", "b"]} | ${2} | ${"cannot be used with"}
  `("$args ends with $code", async ({ args, code, said }) => {
    expect(await weir(...args)).toBe(code);
    expect(err.join("\n")).toContain(said);
  });
});

describe("the command line", () => {
  test.each`
    args                        | code | said
    ${["nonsense"]}             | ${2} | ${"unknown command 'nonsense'"}
    ${["status", "--nonsense"]} | ${2} | ${"unknown option '--nonsense'"}
    ${["status", "extra"]}      | ${2} | ${"too many arguments"}
    ${["status", "-o", "xml"]}  | ${2} | ${"Allowed choices are table, json"}
    ${["mode", "-o", "xml"]}    | ${2} | ${"Allowed choices are text, json"}
    ${[]}                       | ${2} | ${"Usage: weir"}
    ${["policy"]}               | ${2} | ${"Usage: weir policy"}
  `("$args ends with $code", async ({ args, code, said }) => {
    expect(await weir(...args)).toBe(code);
    expect(err.join("\n")).toContain(said);
  });

  test("explains itself, exit codes included", async () => {
    expect(await weir("--help")).toBe(0);
    expect(out.join("\n")).toContain("Exit codes: 0 done;");
  });

  test("says how to reach a Weir where none runs", async () => {
    expect(await weir("mode", "--data-dir", "elsewhere")).toBe(3);
    expect(err).toEqual([
      `weir: no Weir is running on ${join(folder, "elsewhere")}; start one with "npm start", or name its database with --database-url or DATABASE_URL`,
    ]);
  });

  test("says what is wrong with a database", async () => {
    expect(await weir("mode", "--database-url", "postgres://weir:secret@127.0.0.1:1/weir")).toBe(3);
    expect(err[0]).toContain("127.0.0.1:1/weir");
    expect(err[0]).not.toContain("secret");
  });
});
