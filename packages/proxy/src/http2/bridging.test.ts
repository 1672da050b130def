import { waitFor } from "@weir/testkit/sockets";
import { describe, expect, test } from "vitest";
import { type Ask, connectCaller, type HttpVersion, startBridgeApp } from "../testing/bridge-peers.ts";
import { endHeaders, frame, frameTypes } from "../testing/http2-frames.ts";
import { startRawServer } from "../testing/raw-server.ts";
import { service, startTestSidecar } from "../testing/start-test-sidecar.ts";

async function bridge(caller: HttpVersion, upstream: HttpVersion) {
  const app = await startBridgeApp(upstream);
  const sidecar = await startTestSidecar({
    services: [{ ...service("backend", { v1: app.port }), protocol: upstream === "2" ? "http2" : "http" }],
  });
  return { app, sidecar, caller: await connectCaller(caller, sidecar.outboundPort) };
}

const large = "0123456789abcdef".repeat(32 * 1024);

const answered: [string, Ask, Record<string, unknown>][] = [
  ["no body", { path: "/length" }, { status: 200, body: "hello" }],
  [
    "a body of known length",
    { path: "/echo", method: "POST", headers: { "content-length": "3" }, body: "abc" },
    { status: 200, body: "abc", headers: { "x-length": "3" }, trailers: { "x-sum": "3" } },
  ],
  [
    "a body of unknown length",
    { path: "/echo", method: "POST", body: "abc" },
    { status: 200, body: "abc", headers: { "x-length": "none" }, trailers: { "x-sum": "3" } },
  ],
  [
    "a body with trailers",
    { path: "/echo", method: "POST", body: "abc", trailers: { "x-check": "1" } },
    { status: 200, body: "abc", headers: { "x-trailers": '{"x-check":"1"}' } },
  ],
  ["a large body both ways", { path: "/echo", method: "POST", body: large }, { status: 200, body: large }],
  [
    "HEAD",
    { path: "/length", method: "HEAD" },
    { status: 200, body: "", headers: { "content-length": "5", "x-method": "HEAD" } },
  ],
  ["204", { path: "/204" }, { status: 204, body: "" }],
  ["304", { path: "/304" }, { status: 304, body: "", headers: { etag: '"a"' } }],
  [
    "an empty answer of known length",
    { path: "/empty" },
    { status: 200, body: "", headers: { "content-length": "0" } },
  ],
  ["an interim answer", { path: "/interim" }, { status: 200, interim: [103] }],
  ["an empty body of unknown length", { path: "/echo", method: "POST", body: "" }, { status: 200, body: "" }],
];

describe.each<[HttpVersion, HttpVersion]>([
  ["1.1", "1.1"],
  ["1.1", "2"],
  ["2", "1.1"],
  ["2", "2"],
])("a caller of HTTP/%s and an upstream of HTTP/%s", (from, to) => {
  test("every form of message", async () => {
    const { caller } = await bridge(from, to);
    for (const [name, ask, expected] of answered)
      expect({ name, ...(await caller.ask(ask)) }).toMatchObject({ name, broken: false, ...expected });
  });

  test("an answer before the request is whole, and the next request", async () => {
    const { caller } = await bridge(from, to);
    const early = await caller.ask({ path: "/early", method: "POST", body: large });
    expect(early).toMatchObject({ status: 200, body: "early" });
    expect(await caller.ask({ path: "/length" })).toMatchObject({ status: 200, body: "hello" });
  });

  test("an upstream that gives up before its answer, and within it", async () => {
    const { caller, sidecar } = await bridge(from, to);
    const before = await caller.ask({ path: "/reset-head", method: "POST", body: "abc" });
    expect(before).toMatchObject({ status: 503, headers: { "x-weir-response-flag": "UC" } });
    const within = await caller.ask({ path: "/reset-body" });
    expect(within).toMatchObject({ status: 200, body: "half", broken: true });
    await waitFor(async () => (await sidecar.page("/metrics")).includes('status="200",flag="UC"} 1'), {
      what: "it to be counted",
    });
  });

  test("a caller that leaves takes its request with it, at every stage", async () => {
    const { caller, app, sidecar } = await bridge(from, to);
    await caller.leave({ path: "/hang" }, () => true);
    await caller.leave({ path: "/hang", method: "POST", body: "half" }, () => true);
    await caller.leave({ path: "/hang-body" }, ({ body }) => body === "half");
    await waitFor(() => app.left.length === 3, { what: "the application to be told of three" });
    await waitFor(async () => left(await sidecar.page("/metrics")) === 3, { what: "them to be counted" });
    expect(await caller.ask({ path: "/length" })).toMatchObject({ status: 200, body: "hello" });
  });
});

test.each<HttpVersion>(["1.1", "2"])(
  "fields that come twice pass twice, to an upstream of HTTP/%s",
  async (to) => {
    const { caller } = await bridge("1.1", to);
    const twice = await caller.ask({ path: "/twice", headers: { "x-a": "1", "content-type": "text/plain" } });
    expect(twice).toMatchObject({ status: 200, headers: { "set-cookie": ["a=1", "b=2"], "x-b": "1, 2" } });
  },
);

test("a status beyond 599 reaches a caller of HTTP/2 as 500, and an odd one as it is", async () => {
  const app = await startRawServer((text) =>
    text.endsWith("\r\n\r\n")
      ? `HTTP/1.1 ${text.includes("/beyond") ? 777 : 299} Odd\r\nDate: a\r\nDate: b\r\nContent-Length: 0\r\n\r\n`
      : undefined,
  );
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const caller = await connectCaller("2", sidecar.outboundPort);
  expect((await caller.ask({ path: "/odd" })).status).toBe(299);
  expect((await caller.ask({ path: "/beyond" })).status).toBe(500);
});

test("101 by HTTP/2 is a fault of the upstream", async () => {
  const app = await startRawServer((text) => {
    if (!text.startsWith("PRI")) return undefined;
    const settings = frame(frameTypes.settings, 0, 0);
    // `:status` is the eighth of the static table.
    const block = Buffer.concat([Buffer.from([0x08, 3]), Buffer.from("101")]);
    const answer = text.length > 60 ? frame(frameTypes.headers, endHeaders, 1, block) : Buffer.alloc(0);
    return Buffer.concat([text.length > 60 ? Buffer.alloc(0) : settings, answer]).toString("latin1");
  });
  const sidecar = await startTestSidecar({
    services: [{ ...service("backend", { v1: app.port }), protocol: "http2" }],
  });
  const caller = await connectCaller("1.1", sidecar.outboundPort);
  expect((await caller.ask({ path: "/" })).headers).toMatchObject({ "x-weir-response-flag": "UPE" });
});

function left(metrics: string): number {
  return [...metrics.matchAll(/flag="DC"} (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
}
