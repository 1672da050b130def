import { type AccessLogRecord, openSql } from "@weir/store";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { preview as operation, type PreviewEvent } from "../api/preview.ts";
import { answerStream } from "../api/serve-stream.ts";
import { describes } from "../api/testing/described-as.ts";
import { createSlots } from "../slots.ts";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { registerShop } from "../testing/register-shop.ts";

let mesh: ConsoleForTest;
const fromMs = Date.UTC(2026, 10, 1, 10);
const window = "from=2026-11-01T10:00:00Z&to=2026-11-01T10:05:00Z";
const endOf = (service: string) => ({ namespace: "shop", service, version: "v1" });
const traceId = (n: number) => n.toString(16).padStart(32, "0");
const nsAt = (ms: number) => BigInt(fromMs + ms) * 1_000_000n;

/** A request to payments, so many ms after the window's start. */
const logged = (atMs: number, change: Partial<AccessLogRecord> = {}): AccessLogRecord => ({
  ...{ timeNs: nsAt(atMs), reporter: "source", source: endOf("cart"), destination: endOf("payments") },
  ...{ protocol: "http", method: "POST", path: "/pay", host: "payments", status: 200, flag: "" },
  ...{ durationNs: 40_000_000n, upstreamNs: 39_000_000n, requestBytes: 1, responseBytes: 1, decisions: [] },
  ...change,
});

beforeAll(async () => {
  mesh = await consoleForTest();
  await registerShop(mesh.config);
  const span = {
    ...{ traceId: traceId(7), spanId: "0000000000000007", startNs: nsAt(700), durationNs: 1n },
    ...{ service: { namespace: "shop", name: "payments", version: "v1" }, resource: {}, attributes: {} },
    ...{ operation: "POST /pay", kind: 2, status: 0 },
  };
  await mesh.commit({
    accessLogs: [
      ...Array.from({ length: 20 }, (_, i) => logged(i * 100, { traceId: traceId(i) })),
      ...Array.from({ length: 5 }, (_, i) =>
        logged(120_000 + i, { source: endOf("web"), path: "/refund", durationNs: 900_000_000n }),
      ),
      logged(300_000), // no longer of the window
      logged(10, { destination: endOf("cart") }),
    ],
    edgePoints: [
      {
        ...{
          timeMs: fromMs + 10_000,
          reporter: "source",
          source: endOf("cart"),
          destination: endOf("payments"),
        },
        ...{ protocol: "http", method: "POST", statusClass: 2, flag: "", requests: 50, requestBytes: 0 },
        ...{
          responseBytes: 0,
          durationSumSeconds: 1,
          histogram: { indexes: [1], counts: [50] },
          exemplars: [],
        },
      },
    ],
    spans: [span],
  });
});
afterAll(() => mesh.close());

const draftOf = (spec: string) => `name: draft\nnamespace: shop\ntargetRef: payments\n${spec}\n`;
const ask = (text: string, query: string, more: RequestInit = {}, context = mesh.context) =>
  answerStream(
    operation,
    new Request(`http://localhost:3000/api/v1/preview?${query}`, { method: "POST", body: text, ...more }),
    context,
  );

async function preview(text: string, over = window): Promise<PreviewEvent> {
  const response = await ask(text, over);
  const lines = (await response.text()).trimEnd().split("\n");
  const last: PreviewEvent = JSON.parse(lines.at(-1) ?? "");
  expect(describes(operation, 200, last)).toBe("as described");
  return last;
}
const brief = ({ callers }: PreviewEvent) =>
  callers.map(({ service, verdicts }) => [
    service,
    ...verdicts.map(({ effect, bound, requests }) => `${requests} ${effect} ${bound}`),
  ]);

test("what was counted is of the same time as what was replayed", async () => {
  const draft = draftOf("kind: authorization\naction: deny\nrules: [{}]");
  const later = "from=2026-11-01T10:01:00Z&to=2026-11-01T10:05:00Z";
  expect(await preview(draft, later)).toMatchObject({ requests: 5, counted: 0 });
});

test("who would be refused, of whom, by the evidence of the whole window, with a trace that was kept", async () => {
  const told = await preview(
    draftOf("kind: authorization\naction: deny\nrules: [{ from: [{ services: [cart] }] }]"),
  );
  expect(brief(told)).toEqual([
    ["cart", "20 denied exact"],
    ["web", "5 unchanged exact"],
  ]);
  expect(told).toMatchObject({
    ...{
      kind: "preview",
      policy: "authorization",
      service: { namespace: "shop", name: "payments" },
      sidecars: 2,
    },
    ...{ requests: 25, counted: 50, finished: true, others: { callers: 0, requests: 0 } },
    ...{ window: { fromMs, toMs: fromMs + 300_000 }, coveredToMs: fromMs + 300_000 },
  });
  expect(told).toMatchObject({
    routes: [
      {
        service: "cart",
        route: "POST /pay",
        effect: "denied",
        verdict: "deny",
        bound: "exact",
        requests: 20,
      },
    ],
    moreRoutes: 0,
  });
  expect(told.callers[0]?.verdicts[0]).toMatchObject({ verdict: "deny", traceIds: [traceId(7)] });
});

test.each`
  spec                                                                                                                         | expected
  ${"kind: route\nrules: [{ timeoutMs: 500 }]"}                                                                                | ${[["web", "5 timedOut atMost"], ["cart", "20 unchanged exact"]]}
  ${"kind: route\nrules: [{ match: [{ path: { exact: /pay } }], backends: [{ version: v2, weight: 100 }] }]"}                  | ${[["cart", "20 rerouted exact"], ["web", "5 unchanged exact"]]}
  ${"kind: route\nrules: [{ match: [{ path: { exact: /pay }, headers: [{ name: a, exact: b }] }], mirror: { version: v2 } }]"} | ${[["cart", "20 uncertain exact"], ["web", "5 unchanged exact"]]}
  ${"kind: canary\nbackends: [{ version: v1, weight: 80 }, { version: v2, weight: 20 }]"}                                      | ${[["cart", "4 rerouted byChance", "16 unchanged byChance"], ["web", "1 rerouted byChance", "4 unchanged byChance"]]}
  ${"kind: rateLimit\nmaxTokens: 3\ntokensPerFill: 1\nfillIntervalMs: 1000"}                                                   | ${[["cart", "16 limited about", "4 unchanged about"], ["web", "2 limited about", "3 unchanged about"]]}
  ${"kind: outlierDetection"}                                                                                                  | ${[["cart", "20 uncertain exact"], ["web", "5 uncertain exact"]]}
`("$spec", async ({ spec, expected }) => {
  expect(brief(await preview(draftOf(spec)))).toEqual(expected);
});

test("a window in which nothing was logged has no callers", async () => {
  const told = await preview(
    draftOf("kind: outlierDetection"),
    "from=2026-11-01T11:00:00Z&to=2026-11-01T11:05:00Z",
  );
  expect(told).toMatchObject({ callers: [], requests: 0, finished: true });
});

test("what fails once it has begun is told at the end, and logged once with what was asked", async () => {
  const broken = await consoleForTest();
  await registerShop(broken.config);
  const log = vi.spyOn(broken.context.logger, "error");
  await broken.context.sql`ALTER TABLE edge_10s RENAME TO elsewhere`;
  const response = await ask(draftOf("kind: outlierDetection"), window, {}, broken.context);
  const events = (await response.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  await broken.close();
  expect(events.map(({ kind }) => kind)).toEqual(["so-far", "end"]);
  for (const event of events) expect(describes(operation, 200, event)).toBe("as described");
  expect(events.at(-1)).toEqual({ kind: "end", detail: "the console failed; its log says how" });
  expect(log.mock.calls).toEqual([
    [
      {
        ...{ draft: "shop/draft", kind: "outlierDetection", targetRef: "payments" },
        window: { fromMs, toMs: fromMs + 300_000 },
        coveredToMs: fromMs,
        err: expect.objectContaining({ message: expect.stringContaining("edge_10s") }),
      },
      "a preview failed",
    ],
  ]);
});

test("a database that goes away meanwhile is told as that", async () => {
  const sql = openSql(mesh.context.settings.databaseUrl ?? "", { applicationName: "test" });
  const response = await ask(draftOf("kind: outlierDetection"), window, {}, { ...mesh.context, sql });
  await sql.end();
  const last = (await response.text()).trimEnd().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toEqual({ kind: "end", detail: "the database is away" });
});

test("a draft that is not acceptable is refused with what is wrong", async () => {
  const refused = await ask(draftOf("kind: rateLimit\nmaxTokens: many"), window);
  expect(refused.status).toBe(422);
  const problem = await refused.json();
  expect(problem.detail).toContain("maxTokens");
  expect(problem.findings).toContainEqual(
    expect.objectContaining({ code: "invalid_type", path: "maxTokens", line: 5, column: 1 }),
  );
  expect(describes(operation, 422, problem)).toBe("as described");
});

test("of two drafts the second is told of at its place", async () => {
  const one = draftOf("kind: rateLimit\nmaxTokens: 1\ntokensPerFill: 1\nfillIntervalMs: 1000\n");
  const problem = await (await ask(`${one}---\n${one.replace("name: ", "name: other-")}`, window)).json();
  expect(problem.findings).toMatchObject([
    { code: "several-policies", message: "holds 2 policies, and here one is taken; this is the second" },
  ]);
  expect(problem.findings[0].line).toBeGreaterThan(one.split("\n").length - 1);
});

test("a draft of any length is replayed, up to what a policy may have", async () => {
  const paths = Array.from({ length: 3_000 }, (_, i) => `/path-${i}`);
  const long = `kind: authorization\naction: deny\nrules: [{ to: [{ paths: [/pay, ${paths.join(", ")}] }] }]`;
  expect(brief(await preview(draftOf(long)))[0]).toEqual(["cart", "20 denied exact"]);
  expect((await ask(`#${" ".repeat(4_000_000)}`, window)).status).toBe(413);
});

test("who leaves ends it, whatever is under way", async () => {
  const left = new AbortController();
  const response = await ask(draftOf("kind: outlierDetection"), window, { signal: left.signal });
  left.abort();
  expect(await response.text()).not.toContain(`"finished":true`);
});

test("more at once than there is room for are told to come again, until one leaves", async () => {
  const context = { ...mesh.context, previewSlots: createSlots(1) };
  const text = draftOf("kind: outlierDetection");
  const first = await ask(text, window, {}, context);
  const refused = await ask(text, window, {}, context);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
  const body = await refused.json();
  expect(describes(operation, 503, body)).toBe("as described");
  expect(body).toMatchObject({
    type: "urn:weir:problem:busy",
    detail: "more previews are asked for than this console has room for at once; ask again in a moment",
  });
  await first.body?.cancel(); // before anything of it was read
  const next = await ask(text, window, {}, context);
  expect(next.status).toBe(200);
  await next.text();
  expect((await ask(text, window, {}, context)).status).toBe(200);
});

test.each`
  headers                                                      | status
  ${{ "sec-fetch-site": "cross-site" }}                        | ${403}
  ${{ "sec-fetch-site": "same-site" }}                         | ${403}
  ${{ origin: "http://evil.example", host: "localhost:3000" }} | ${403}
  ${{ "sec-fetch-site": "same-origin" }}                       | ${200}
  ${{}}                                                        | ${200}
`("a preview that is posted with $headers: $status", async ({ headers, status }) => {
  const response = await ask(draftOf("kind: outlierDetection"), window, { headers });
  expect(response.status).toBe(status);
  if (status === 403) expect(describes(operation, 403, await response.json())).toBe("as described");
  else await response.text();
});
