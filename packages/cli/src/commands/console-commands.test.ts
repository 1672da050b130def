import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { runCommand } from "./run-command.ts";

const id = "0123456789abcdef0123456789abcdef";
const service = { namespace: "shop", name: "cart", version: "v1" };
const span = (spanId: string, parentSpanId: string | null, operation: string) => ({
  ...{ spanId, parentSpanId, service, operation, kind: "server", status: "unset" },
  ...{ startNs: "1795915763990058000", durationNs: "4942000" },
});
const summary = {
  ...{ traceId: id, start: "2026-11-29T01:29:23.990Z", startNs: "1795915763990058000" },
  ...{ durationNs: "4942000", service, operation: "GET \u001b[31m", spanCount: 2, errorCount: 1 },
};
const answers: Readonly<Record<string, readonly [status: number, body: unknown]>> = {
  "/api/v1/traces": [200, { traces: [summary], next: "more", searchedBackTo: null }],
  [`/api/v1/traces/${id}`]: [
    200,
    { ...summary, spans: [span("b", "a", "child"), span("a", null, "root"), span("c", "c", "ring")] },
  ],
  "/api/v1/traces/none": [404, { detail: "No trace none is stored." }],
  "/api/v1/graph": [
    200,
    {
      nodes: [{ id: "/outside" }, { id: 'shop/"a]' }],
      edges: [
        {
          ...{ source: "/outside", target: 'shop/"a]', rps: 8.3255, errorShare: 0.0123 },
          latencySeconds: { p50: 0.005_895, p99: null },
          health: { state: "degraded", reasons: [{ outcome: "errors", share: 0.0123 }] },
          marks: [{ kind: "limit", acts: false, requests: 40 }],
        },
      ],
    },
  ],
};

let console: Server;
let url: string;
let asked: URL;
beforeAll(async () => {
  console = createServer((request, response) => {
    asked = new URL(request.url ?? "", url);
    const refused = { detail: "Correct.", errors: [{ parameter: "limit", detail: "must be whole" }] };
    const [status, body] =
      asked.searchParams.get("limit") === "x" ? [400, refused] : (answers[asked.pathname] ?? [200, "?"]);
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => console.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(console.address() as AddressInfo).port}`;
});
afterAll(() => {
  console.closeAllConnections();
  console.close();
});

let out: string[];
let err: string[];
beforeEach(() => {
  out = [];
  err = [];
});

function weir(...args: string[]): Promise<number> {
  return runCommand(args, readConfig({ WEIR_CONSOLE_URL: url }), {
    print: (text) => void out.push(text),
    printError: (text) => void err.push(text),
  });
}

describe("weir traces", () => {
  test("searches by what is asked for and never lets telemetry steer the terminal", async () => {
    const flags = [
      "--service",
      "shop/cart",
      "--operation",
      "GET",
      "--min",
      "2ms",
      "--errors",
      "--window",
      "1h",
    ];
    expect(await weir("traces", ...flags)).toBe(0);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      ...{ service: "shop/cart", operation: "GET", minDuration: "2ms", status: "error" },
      ...{ limit: "20", from: "1h" },
    });
    expect(out[0]).toMatch(new RegExp(`${id}  shop/cart v1  GET \uFFFD\\[31m  4.94 ms   2      1\n`));
    expect(out[0]).toContain("There are more: raise --limit.");
  });

  test("shows one as a tree, each span once", async () => {
    expect(await weir("traces", "show", id)).toBe(0);
    const rows = (out[0] ?? "").split("\n").slice(3);
    expect(rows.map((row) => /^( *)shop\/cart v1 +(\w+)/.exec(row)?.slice(1))).toEqual([
      ["", "root"],
      ["  ", "child"],
      ["", "ring"],
    ]);
  });

  test("prints the answer itself for programs", async () => {
    expect(await weir("traces", "show", id, "-o", "json")).toBe(0);
    expect(JSON.parse(out[0] ?? "")).toEqual(answers[`/api/v1/traces/${id}`]?.[1]);
  });
});

describe("weir graph", () => {
  test.each`
    format       | said
    ${"table"}   | ${'/outside  shop/"a]  8.33/s  1.23%   5.9 ms  -    degraded: 1.23% failed  limit 40 (observed)'}
    ${"dot"}     | ${'"/outside" -> "shop/\\"a]" [label="8.33/s, 1.23% errors"];'}
    ${"mermaid"} | ${'n1["shop/#34;a#93;"]\n  n0 -->|"8.33/s, 1.23% errors"| n1'}
  `("prints $format", async ({ format, said }) => {
    expect(await weir("graph", "-o", format, "--namespace", "shop")).toBe(0);
    expect(asked.searchParams.get("namespace")).toBe("shop");
    expect(out[0]).toContain(said);
  });
});

describe("what goes wrong is one sentence", () => {
  test.each`
    args                                            | code | said
    ${["traces", "--limit", "x"]}                   | ${2} | ${"weir: --limit must be whole"}
    ${["traces", "show", "none"]}                   | ${4} | ${"weir: No trace none is stored."}
    ${["graph", "--console", "ftp://x"]}            | ${2} | ${'weir: "ftp://x" is not the URL of a console'}
    ${["graph", "--console", "http://127.0.0.1:1"]} | ${1} | ${"weir: the console does not answer at http://127.0.0.1:1; start it"}
    ${["graph", "-o", "xml"]}                       | ${2} | ${"Allowed choices are table, json, dot, mermaid"}
  `("$args ends with $code", async ({ args, code, said }) => {
    expect(await weir(...args)).toBe(code);
    expect(err.join("\n")).toContain(said);
    expect(out).toEqual([]);
  });
});
