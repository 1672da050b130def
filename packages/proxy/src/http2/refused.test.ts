import { connect } from "node:http2";
import { waitFor } from "@weir/testkit/sockets";
import { expect, onTestFinished, test } from "vitest";
import {
  connectFrames,
  endHeaders,
  endStream,
  type FrameClient,
  fieldBlock,
  frame,
  frameTypes,
  request,
  resetFrame,
} from "../testing/http2-frames.ts";
import { connectHttp2, startHttp2App } from "../testing/http2-peers.ts";
import { ok, startFixedServer, startRawServer } from "../testing/raw-server.ts";
import { service, startTestSidecar } from "../testing/start-test-sidecar.ts";

const protocolError = 1;
const enhanceYourCalm = 11;

async function refusing(limits: Record<string, number> = {}) {
  const app = await startFixedServer(ok("reached"));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] }, { limits });
  return { app, sidecar };
}

function ask(
  client: FrameClient,
  fields: readonly (readonly [string, string])[],
  stream = 1,
  flags = endStream,
): void {
  client.send(frame(frameTypes.headers, endHeaders | flags, stream, fieldBlock(fields)));
}

test.each<[string, readonly (readonly [string, string])[]]>([
  ["a name in capitals", [...request, ["X-A", "1"]]],
  ["a field of one connection", [...request, ["connection", "close"]]],
  ["transfer-encoding", [...request, ["transfer-encoding", "chunked"]]],
  ["te other than trailers", [...request, ["te", "gzip"]]],
  ["no :path", request.filter(([name]) => name !== ":path")],
  [":method twice", [...request, [":method", "GET"]]],
  ["a pseudo field behind the others", [...request.slice(0, 3), ["x-a", "1"], [":path", "/"]]],
  ["a pseudo field that does not exist", [...request, [":status", "200"]]],
  [
    "extended CONNECT, which was not offered",
    [[":method", "CONNECT"], [":protocol", "websocket"], ...request.slice(1)],
  ],
  ["neither :authority nor Host", request.filter(([name]) => name !== ":authority")],
  [
    "an :authority with a user",
    request.map(([name, value]) => [name, value === "backend" ? "me@backend" : value]),
  ],
  ["content-length that is no number", [...request, ["content-length", "+1"]]],
  ["two lengths", [...request, ["content-length", "1"], ["content-length", "2"]]],
])("malformed, its stream is reset and nothing reaches the upstream: %s", async (_name, fields) => {
  const { app, sidecar } = await refusing();
  const client = await connectFrames(sidecar.outboundPort);
  ask(client, fields);
  const reset = await client.untilFrame("a reset", ({ type }) => type === frameTypes.reset);
  expect(reset.payload.readUInt32BE()).toBe(protocolError);
  ask(client, request, 3);
  await client.untilFrame("the next answer", ({ type, stream }) => type === frameTypes.data && stream === 3);
  expect(app.received.join("").split("GET").length).toBe(2);
});

test.each<[string, number, string, Record<string, string | string[]>]>([
  ["Host is not :authority", 400, "host", { host: "other" }],
  ["a path with a fragment", 400, "request-target", { ":path": "/a#b" }],
  ["a field that is too long", 431, "line-too-long", { "x-long": "a".repeat(17_000) }],
  ["too many fields", 431, "too-many-fields", { "x-many": Array.from({ length: 220 }, () => "a") }],
])("refused with an answer: %s", async (_name, status, reason, headers) => {
  const { app, sidecar } = await refusing();
  const client = await connectHttp2(sidecar.outboundPort);
  expect((await client.ask(headers)).headers[":status"]).toBe(status);
  await expect
    .poll(() => sidecar.page("/metrics"))
    .toContain(`weir_proxy_parse_rejects_total{reason="${reason}"} 1`);
  expect((await client.ask({})).body).toBe("reached");
  expect(app.received.join("").split("GET").length).toBe(2);
});

test("a head that is too large, in pieces, is answered with 431", async () => {
  const { sidecar } = await refusing();
  const client = await connectFrames(sidecar.outboundPort);
  const block = fieldBlock([
    ...request,
    ...Array.from({ length: 5 }, (_, i) => [`x-${i}`, "a".repeat(14_000)] as const),
  ]);
  for (let at = 0; at < block.length; at += 16_384) {
    const part = block.subarray(at, at + 16_384);
    const last = at + 16_384 >= block.length ? endHeaders : 0;
    client.send(
      frame(
        at === 0 ? frameTypes.headers : frameTypes.continuation,
        last | (at === 0 ? endStream : 0),
        1,
        part,
      ),
    );
  }
  await client.untilFrame("an answer", ({ type, stream }) => type === frameTypes.headers && stream === 1);
  await expect
    .poll(() => sidecar.page("/metrics"))
    .toContain('parse_rejects_total{reason="head-too-large"} 1');
});

test("a field with CR and LF in its value goes no further", async () => {
  const { app, sidecar } = await refusing();
  const client = await connectFrames(sidecar.outboundPort);
  ask(client, [...request, ["x-bad", "1\r\nx-worse: 2"], ["x-good", "3"]]);
  await client.untilFrame("an answer", ({ type }) => type === frameTypes.data);
  expect(app.received[0]).toContain("x-good: 3");
  expect(app.received[0]).not.toMatch(/x-bad|x-worse/);
});

test("more than one Host is refused", async () => {
  const { sidecar } = await refusing();
  const client = await connectFrames(sidecar.outboundPort);
  ask(client, [...request, ["host", "backend"], ["host", "backend"]]);
  await client.untilFrame("a refusal", ({ stream }) => stream === 1);
  expect(await sidecar.page("/metrics")).not.toContain('destination="backend"');
});

test("CONNECT by HTTP/2 is answered with 405", async () => {
  const { sidecar } = await refusing();
  const { session } = await connectHttp2(sidecar.outboundPort);
  const stream = session.request({ ":method": "CONNECT", ":authority": "backend:80" });
  const status = await new Promise((resolve) => stream.once("response", (head) => resolve(head[":status"])));
  expect(status).toBe(405);
});

test("a body shorter than its length: the stream is reset, the upstream gets no whole request", async () => {
  const app = await startRawServer(() => undefined);
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const client = await connectFrames(sidecar.outboundPort);
  ask(client, [[":method", "POST"], ...request.slice(1), ["content-length", "5"]], 1, 0);
  await waitFor(() => app.received[0]?.includes("\r\n\r\n"), { what: "the head to be passed on" });
  client.send(frame(frameTypes.data, endStream, 1, Buffer.from("ab")));
  const reset = await client.untilFrame("a reset", ({ type }) => type === frameTypes.reset);
  expect(reset.payload.readUInt32BE()).toBe(protocolError);
  await waitFor(() => app.sockets[0]?.readableEnded, { what: "the upstream's end" });
  await expect
    .poll(() => sidecar.page("/metrics"))
    .toContain('parse_rejects_total{reason="content-length"} 1');
});

test("a body longer than its length: nothing of what is too much reaches the upstream", async () => {
  const app = await startRawServer(() => undefined);
  const sidecar = await startTestSidecar(
    { services: [service("backend", { v1: app.port })] },
    { limits: { bodyWindowMs: 100 } },
  );
  const client = await connectFrames(sidecar.outboundPort);
  ask(client, [[":method", "POST"], ...request.slice(1), ["content-length", "5"]], 1, 0);
  await waitFor(() => app.received[0]?.includes("\r\n\r\n"), { what: "the head to be passed on" });
  client.send(frame(frameTypes.data, endStream, 1, Buffer.from("abcdefgh")));
  await client.untilFrame("GOAWAY", ({ type }) => type === frameTypes.goaway);
  await waitFor(() => app.sockets[0]?.readableEnded, { what: "the upstream's end" });
  expect(app.received[0]).toMatch(/\r\n\r\n$/);
});

test("a rapid reset ends the connection with ENHANCE_YOUR_CALM", async () => {
  const app = await startRawServer(() => undefined);
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const client = await connectFrames(sidecar.outboundPort);
  for (let i = 0; i < 700 && !client.closed; i++) {
    ask(client, request, 1 + 2 * i);
    client.send(resetFrame(1 + 2 * i, 8));
    if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const goaway = await client.untilFrame("GOAWAY", ({ type }) => type === frameTypes.goaway);
  expect(goaway.payload.readUInt32BE(4)).toBe(enhanceYourCalm);
  await client.untilClosed();
  await expect.poll(() => sidecar.page("/metrics")).toContain('parse_rejects_total{reason="http2-resets"} 1');
});

test.each<[string, Buffer[]]>([
  [
    "a flood of CONTINUATION",
    [
      frame(frameTypes.headers, 0, 1, fieldBlock(request)),
      ...Array.from({ length: 200 }, () => frame(frameTypes.continuation, 0, 1, fieldBlock([["x-a", "1"]]))),
    ],
  ],
  ["DATA on a stream that was not opened", [frame(frameTypes.data, 0, 5, Buffer.from("x"))]],
  ["a frame that is too large", [frame(frameTypes.data, 0, 1, Buffer.alloc(100_000))]],
  ["SETTINGS of a wrong size", [frame(frameTypes.settings, 0, 0, Buffer.alloc(5))]],
  ["a window that overflows", [frame(frameTypes.windowUpdate, 0, 0, Buffer.from([0x7f, 0xff, 0xff, 0xff]))]],
  [
    "a field block that is no HPACK",
    [frame(frameTypes.headers, endHeaders | endStream, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))],
  ],
])("the connection ends, counted: %s", async (_name, frames) => {
  const { sidecar } = await refusing();
  const client = await connectFrames(sidecar.outboundPort);
  for (const some of frames) client.send(some);
  await client.untilClosed();
  await waitFor(
    async () => (await sidecar.page("/metrics")).includes('parse_rejects_total{reason="http2-session"} 1'),
    {
      what: "it to be counted",
    },
  );
});

test("a connection without a request ends with GOAWAY after the idle time", async () => {
  const { sidecar } = await refusing({ idleTimeoutMs: 100 });
  const client = await connectFrames(sidecar.outboundPort);
  await client.untilFrame("GOAWAY", ({ type }) => type === frameTypes.goaway);
  await client.untilClosed();
});

test("a body that does not come is answered with 408", async () => {
  const app = await startRawServer(() => undefined);
  const limits = { streamIdleTimeoutMs: 100 };
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] }, { limits });
  const client = await connectFrames(sidecar.outboundPort);
  ask(client, [[":method", "POST"], ...request.slice(1)], 1, 0);
  await client.untilFrame("an answer", ({ type, stream }) => type === frameTypes.headers && stream === 1);
  await expect.poll(() => sidecar.page("/metrics")).toContain('status="408"');
});

test("a caller that takes nothing of its answer holds the upstream back, and is cut off", async () => {
  let sent = 0;
  const app = await startHttp2App((stream) => {
    stream.respond({ ":status": 200 });
    const part = Buffer.alloc(64 * 1024);
    const more = (): void => {
      while (!stream.destroyed && stream.write(part)) sent += part.length;
      stream.once("drain", more);
    };
    more();
  });
  const sidecar = await startTestSidecar(
    { services: [{ ...service("backend", { v1: app.port }), protocol: "http2" }] },
    { limits: { streamIdleTimeoutMs: 600 } },
  );
  const session = connect(`http://127.0.0.1:${sidecar.outboundPort}`, {
    settings: { initialWindowSize: 1024 },
  });
  onTestFinished(() => session.destroy());
  session.on("error", () => undefined);
  const stream = session.request({ ":authority": "backend", ":path": "/" });
  stream.on("error", () => undefined);
  await new Promise((resolve) => stream.once("response", resolve));
  await new Promise((resolve) => stream.once("close", resolve));
  expect(stream.rstCode).not.toBe(0);
  expect(sent).toBeLessThan(8 * 1024 * 1024);
});
