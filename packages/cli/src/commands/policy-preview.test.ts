import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { Interrupted } from "./command-error.ts";
import { runCommand } from "./run-command.ts";

const verdict = { effect: "timedOut", verdict: "timeout=9ms", bound: "atMost", requests: 3 };
const told = {
  ...{ kind: "preview", service: { namespace: "shop", name: "payments" }, requests: 10, counted: 40 },
  ...{ window: { fromMs: 0, toMs: 100 }, coveredToMs: 50 },
  callers: [
    {
      ...{ namespace: "shop", service: "cart\u001b[31m", requests: 10 },
      verdicts: [{ ...verdict, traceIds: ["abc"] }],
    },
  ],
  routes: [{ namespace: "", service: "outside", route: "GET /pay/{id}", ...verdict }],
};
const answers: Readonly<Record<string, readonly [status: number, body: string]>> = {
  good: [200, `${JSON.stringify({ ...told, kind: "so-far" })}\n${JSON.stringify(told)}\n`],
  quiet: [200, `${JSON.stringify({ ...told, requests: 0, callers: [], routes: [] })}\n`],
  cut: [200, `${JSON.stringify({ ...told, kind: "so-far" })}\n`],
  failed: [
    200,
    `${JSON.stringify({ ...told, kind: "so-far" })}\n${JSON.stringify({ kind: "end", detail: "the database is away" })}\n`,
  ],
  wrong: [422, JSON.stringify({ detail: "the text: maxTokens: must be a number" })],
  placed: [
    422,
    JSON.stringify({
      detail: "the text: targetRef: no service nothing",
      findings: [
        {
          code: "unknown-service",
          path: "targetRef",
          message: "no service nothing",
          fix: "Correct it.",
          line: 3,
          column: 1,
        },
        { code: "x", path: "", message: "second", fix: "Mend it.", line: 9, column: 5 },
      ],
    }),
  ],
};

const dir = mkdtempSync(join(tmpdir(), "weir-preview-"));
let console: Server;
let url: string;
let asked: string | undefined;
let onAsked = () => {};
beforeAll(async () => {
  console = createServer(async (request, response) => {
    asked = `${request.method} ${request.url}`;
    const posted = (await text(request)).trim();
    if (posted === "silent") return onAsked();
    if (posted === "hanging") {
      response.writeHead(200).write(`${JSON.stringify({ ...told, kind: "so-far" })}\n`, () => onAsked());
      return;
    }
    const [status, body] = answers[posted] ?? [500, ""];
    response.writeHead(status).end(body);
  });
  await new Promise<void>((done) => console.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(console.address() as AddressInfo).port}`;
});
afterAll(() => {
  console.closeAllConnections();
  console.close();
  rmSync(dir, { recursive: true });
});

async function preview(policy: string, more: readonly string[] = [], interrupted?: AbortSignal) {
  const file = join(dir, "policy.yaml");
  writeFileSync(file, policy);
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(
    ["policy", "preview", "-f", file, "--console", url, ...more],
    readConfig({}),
    {
      ...{ print: (line) => out.push(line), printError: (line) => err.push(line) },
      ...(interrupted && { untilInterrupted: () => interrupted }),
    },
  );
  return { code, out: out.join("\n"), err: err.join("\n") };
}

test("by caller and by route, with what the counts rest on; nothing of telemetry steers the terminal", async () => {
  const { code, out } = await preview("good", ["--window", "6h"]);
  expect(code).toBe(0);
  expect(asked).toBe("POST /api/v1/preview?from=6h");
  expect(out).toMatch(/of 10 logged requests/);
  expect(out).toMatch(/shop\/cart\uFFFD\[31m +at most 3 timed out +30% +timeout=9ms +abc/);
  expect(out).toMatch(/outside the mesh +GET \/pay\/\{id\} +at most 3 timed out/);
  expect(out).toMatch(/covers the first 50% of the window/);
  expect(out).toMatch(/rests on 10 of 40 requests/);
});

test("as JSON it is the console's own answer", async () => {
  expect(JSON.parse((await preview("good", ["-o", "json"])).out)).toEqual(told);
});

test.each`
  policy      | code | words
  ${"quiet"}  | ${0} | ${/no request to shop\/payments was logged/}
  ${"cut"}    | ${1} | ${/before it was through$/}
  ${"failed"} | ${1} | ${/before it was through: the database is away$/}
  ${"wrong"}  | ${4} | ${/maxTokens: must be a number/}
`("$policy: leaves with $code", async ({ policy, code, words }) => {
  const told = await preview(policy);
  expect(told.code).toBe(code);
  expect(`${told.out}${told.err}`).toMatch(words);
});

test("what is wrong with the file is told with its name, line and column", async () => {
  const { code, err } = await preview("placed");
  expect(code).toBe(4);
  expect(err).toMatch(/policy\.yaml:3:1: targetRef: no service nothing\. Correct it\. \[unknown-service\]\n/);
  expect(err).toMatch(/policy\.yaml:9:5: second\. Mend it\. \[x\]$/);
});

test("a zero byte is told at its place, and never posted", async () => {
  asked = undefined;
  const { code, err } = await preview("kind: route\nname: a\0b\n");
  expect(code).toBe(4);
  expect(err).toMatch(/policy\.yaml:2:8: must have no zero byte/);
  expect(asked).toBeUndefined();
});

test.each(["silent", "hanging"])("Ctrl-C ends it at once with 130 while the console is %s", async (how) => {
  const interrupt = new AbortController();
  onAsked = () => interrupt.abort(new Interrupted("SIGINT"));
  const ended = preview(how, [], interrupt.signal);
  expect(await ended.finally(() => (onAsked = () => {}))).toEqual({ code: 130, out: "", err: "" });
});
