import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { freePort, waitFor } from "@weir/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig, repositoryRoot } from "../config.ts";
import { type ConsoleForCli, consoleForCli } from "../testing/console-for-cli.ts";
import { runWeir, startWeir } from "../testing/run-weir.ts";
import { Interrupted } from "./command-error.ts";
import { runCommand } from "./run-command.ts";

let console: ConsoleForCli;
let environment: Record<string, string>;
const wouldAct = {
  ...{ policy: "shop/limit", kind: "rateLimit", revision: 1, mode: "observe", verdict: "limited" },
  ...{ wouldAct: true, acted: false, reason: "" },
};

beforeAll(async () => {
  console = await consoleForCli();
  environment = { WEIR_CONSOLE_URL: console.url };
  await console.config.registerSidecar(
    {
      proxyId: "p1",
      workload: { namespace: "shop", service: "payments", version: "v2" },
      inboundAddress: "127.0.0.1:17000",
      release: "0.1.0",
    },
    { controllerId: "test", leaseMs: 600_000 },
  );
});
afterAll(() => console.close());

/** Commits the requests again and again until `isDone`: what was there before a tap looked is not new to it. */
async function commitUntil(
  isDone: () => boolean,
  ...requests: Parameters<ConsoleForCli["commit"]>
): Promise<void> {
  await waitFor(
    async () => {
      await console.commit(...requests);
      return isDone();
    },
    { what: "the tap to say it" },
  );
}

/** A console that gives these answers, and none to whatever is asked then. */
async function hangingAfter(answers: readonly string[]) {
  let count = 0;
  const server = createServer((_, response) => {
    const answer = answers[count++];
    if (answer !== undefined) response.end(answer);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: (times: number) => waitFor(() => count >= times, { what: `question ${times}` }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

describe("weir tap", () => {
  test("prints those that are meant as a table, and ends well with Ctrl-C", async () => {
    const tap = startWeir(["tap", "--status", "5xx"], environment);
    await commitUntil(
      () => tap.said.out.includes("/failed"),
      { path: "/fine" },
      { path: "/failed\u001b[2J", status: 503, flag: "UO", decisions: [wouldAct] },
    );
    tap.child.kill("SIGINT");
    const { code, out, err } = await tap.ended;
    expect({ code, err }).toEqual({ code: 130, err: "" });
    expect(out).toMatch(/^TIME +STATUS +TOOK +FROM +TO +REQUEST +DECISIONS\n/);
    expect(out).toMatch(
      /503 UO +5 ms +shop\/cart +shop\/payments v2 +POST \/failed\uFFFD\[2J +shop\/limit would have acted\n/,
    );
    expect(out).not.toContain("/fine");
    expect(out).not.toContain("\u001b");
  });

  test("prints an object a line for programs, as many as are wanted", async () => {
    const tap = startWeir(["tap", "-o", "json", "--max", "1"], environment);
    let isOver = false;
    void tap.ended.then(() => {
      isOver = true;
    });
    await commitUntil(() => isOver, { path: "/one" });
    const { code, out } = await tap.ended;
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([expect.objectContaining({ kind: "request", path: "/one", status: 200, seconds: 0.005 })]);
  });

  test("goes on when the console was away, and says both on standard error", async () => {
    const tap = startWeir(["tap", "-o", "json"], environment);
    await commitUntil(() => tap.said.out.includes("/before"), { path: "/before" });
    await console.stop();
    await waitFor(() => tap.said.err.includes("trying again"), { what: "the end to be told" });
    await console.start();
    await commitUntil(() => tap.said.out.includes("/after"), { path: "/after" });
    tap.child.kill("SIGINT");
    const { code, err } = await tap.ended;
    expect(code).toBe(130);
    expect(err.split("\n").filter((line) => line.includes("trying again"))).toHaveLength(1);
    expect(err).toContain("weir: the console stops");
    expect(err).toMatch(/following again; what came meanwhile is not shown\n$/);
  });
});

describe("weir top", () => {
  test("prints one table in a pipe, put together and sorted as is wanted", async () => {
    await console.commit(
      { path: "/top/a", durationNs: 50_000_000n },
      { path: "/top/a", durationNs: 50_000_000n },
      { path: "/top/b", status: 503 },
    );
    const flags = ["--by", "path,status", "--path", "/top/", "--sort", "success"];
    const { code, out } = await runWeir(["top", ...flags], environment);
    expect(code).toBe(0);
    const [heading, , ...rows] = out.trimEnd().split("\n");
    expect(heading).toBe("Requests of the last 1m, by path, status; sorted by success");
    expect(rows[0]).toMatch(/^PATH +STATUS +REQUESTS +RATE +SUCCESS +HEALTH +P50 +P95 +P99$/);
    expect(rows[1]).toMatch(/^\/top\/b +503 +1 +\S+\/s +0% \(1 failed\) +degraded +[\d.]+ ms/);
    expect(rows[2]).toMatch(/^\/top\/a +200 +2 +\S+\/s +100% +ok +49\.2 ms/);
  });

  test("prints the answer itself for programs", async () => {
    const { out } = await runWeir(["top", "--by", "source", "-o", "json", "--limit", "1"], environment);
    expect(JSON.parse(out)).toMatchObject({ groups: 1, rows: [{ source: "shop/cart", path: null }] });
  });

  test("draws anew on a terminal until Ctrl-C, and leaves its last table behind", async () => {
    const written: string[] = [];
    const printed: string[] = [];
    const interrupt = new AbortController();
    const config = readConfig({ WEIR_CONSOLE_URL: console.url });
    const ended = runCommand(["top", "--path", "/drawn"], config, {
      print: (text) => void printed.push(text),
      printError: (text) => void printed.push(text),
      terminal: { rows: 20, write: (text) => void written.push(text) },
      untilInterrupted: () => interrupt.signal,
    });
    await waitFor(() => written.some((text) => text.includes("No such request")), { what: "a first table" });
    await console.commit({ path: "/drawn/later" });
    await waitFor(() => written.some((text) => text.includes("/drawn/later")), { what: "another" });
    interrupt.abort(new Interrupted("SIGINT"));
    expect(await ended).toBe(130);
    expect(written[0]).toContain("\u001b[?1049h");
    expect(written.at(-1)).toContain("\u001b[?1049l");
    expect(printed).toEqual([expect.stringContaining("/drawn/later")]);
  });
});

describe("Ctrl-C while a console hangs", () => {
  const first = JSON.stringify({ groups: 0, rows: [] });

  test("ends weir top at once and gives the terminal back", async () => {
    const written: string[] = [];
    const interrupt = new AbortController();
    const hanging = await hangingAfter([first]);
    const ended = runCommand(["top", "--console", hanging.url], readConfig({}), {
      ...{ print: () => {}, printError: () => {} },
      terminal: { rows: 20, write: (text) => void written.push(text) },
      untilInterrupted: () => interrupt.signal,
    });
    await hanging.asked(2);
    interrupt.abort(new Interrupted("SIGINT"));
    expect(await ended).toBe(130);
    expect(written.at(-1)).toContain("\u001b[?1049l");
    await hanging.close();
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("ends weir tap at once by %s", async (signal, code) => {
    const hanging = await hangingAfter([]);
    const tap = startWeir(["tap", "--console", hanging.url]);
    await hanging.asked(1);
    tap.child.kill(signal);
    expect(await tap.ended).toMatchObject({ code, err: "" });
    await hanging.close();
  });
});

describe("weir status", () => {
  test("shows the mesh at a glance, and what is wrong", async () => {
    const { code, out } = await runWeir(["status"], environment);
    expect(code).toBe(0);
    expect(out).toMatch(/^Mesh: observe; configuration revision \d+; no telemetry yet\n/);
    expect(out).toMatch(/database +ready +- +-\n/);
    expect(out).toMatch(/collector +away +- +-\n/);
    expect(out).toMatch(/shop\/payments +observe +mesh +v2 +v2 +0\/s +- +- +- +no data +-\n/);
    expect(out).toMatch(/shop\/payments v2 +127\.0\.0\.1:17000 +- +- +current\n/);
    expect(out).toMatch(/✖ collector\.ready: .*\n {4}start it/);
    expect(out).not.toContain("✔");
  });

  test("as JSON for programs", async () => {
    const { out } = await runWeir(["status", "-o", "json"], environment);
    expect(JSON.parse(out)).toMatchObject({
      away: ["collector", "controller"],
      services: [{ id: "shop/payments" }],
      pids: {},
    });
  });
});

describe("weir check", () => {
  test("says what is well, what is not and what to do, and ends with 1", async () => {
    const { code, out, err } = await runWeir(["check"], environment);
    expect(code).toBe(1);
    expect(out).toMatch(/^✔ console\.reachable: the console answers at http/);
    expect(out).toMatch(/✔ database\.migrated: /);
    expect(out).toMatch(/✔ sidecars\.current: /);
    expect(out).toMatch(/‼ services\.traffic: .*shop\/payments\n {4}if that is not what you expect/);
    expect(err).toMatch(/^weir: \d+ of \d+ checks failed\n$/);
  });

  test("looks at what it can where the console is away", async () => {
    const away = { WEIR_CONSOLE_URL: `http://127.0.0.1:${await freePort()}` };
    const { code, out } = await runWeir(["check", "-o", "json", "--data-dir", "/nowhere"], away);
    expect(code).toBe(1);
    const findings: { id: string; state: string; hint: string }[] = JSON.parse(out);
    expect(findings.map(({ id }) => id)).toEqual([
      ...["console.reachable", "controller.ready", "collector.ready", "database.reachable"],
    ]);
    expect(findings[0]).toMatchObject({ state: "failed", hint: expect.stringContaining("npm start") });
  });

  test("of a machine before a start", async () => {
    const { out } = await runWeir(["check", "--pre", "--port", "4100", "-o", "json"]);
    const ids = JSON.parse(out).map(({ id }: { id: string }) => id);
    expect(ids.slice(0, 4)).toEqual(["machine.node", "machine.memory", "machine.disk", "port.console"]);
    expect(JSON.parse(out)[3].says).toContain("port 4100 ");
  });
});

describe("a wrong flag is named, with the nearest right one", () => {
  test.each`
    args                                           | said
    ${["tap", "--soure", "a/b"]}                   | ${/unknown option '--soure'\n\(Did you mean --source\?\)/}
    ${["tap", "--source", "cart"]}                 | ${/--source must be namespace\/name/}
    ${["tap", "--min", "5"]}                       | ${/--min must be a number with its unit/}
    ${["tap", "--status", "6xx"]}                  | ${/--status must be a status such as 503/}
    ${["tap", "--max", "0"]}                       | ${/--max must be a whole number from 1 on/}
    ${["traces", "show", "zz"]}                    | ${/weir: id must be the 32 hexadecimal digits/}
    ${["top", "--by", "host"]}                     | ${/'--by <things>'.*"host" is none of source, destination/}
    ${["top", "--sort", "speed"]}                  | ${/'--sort <column>'.*Allowed choices are requests/}
    ${["top", "--sort", "method", "--by", "path"]} | ${/--sort must be a measure, or one of by/}
    ${["top", "--window", "1h"]}                   | ${/--window must be at most 15 minutes/}
    ${["status", "--windw", "1h"]}                 | ${/Did you mean --window\?/}
    ${["check", "--pre", "--port", "x"]}           | ${/--port must be a whole number/}
    ${["chek"]}                                    | ${/unknown command 'chek'\n\(Did you mean check\?\)/}
  `("$args", async ({ args, said }) => {
    const { code, out, err } = await runWeir(args, environment);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(said);
    expect(err).not.toMatch(/ at .*\.ts:/);
  });
});

test.each(["tap", "top", "status", "check", "traces", "graph"])(
  "weir %s --help has examples",
  async (command) => {
    const { code, out } = await runWeir([command, "--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`Examples:\\n +weir ${command}`));
  },
);

test("a console that does not answer the first time is one sentence", async () => {
  const away = `http://127.0.0.1:${await freePort()}`;
  for (const command of ["tap", "top", "status"]) {
    expect(await runWeir([command, "--console", away])).toEqual({
      ...{ code: 1, out: "" },
      err: expect.stringMatching(/^weir: the console does not answer at .*\n$/),
    });
  }
});

test("a reader that closes the pipe ends the command without a word", async () => {
  const entry = join(repositoryRoot, "packages/cli/src/weir.ts");
  const child = spawn(process.execPath, [entry, "graph", "--console", console.url], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, "close");
  expect({ code, said }).toEqual({ code: 0, said: "" });
});
