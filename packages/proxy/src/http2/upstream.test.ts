import { once } from "node:events";
import { constants, createServer, type ServerHttp2Stream } from "node:http2";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { waitFor } from "@weir/testkit/sockets";
import { expect, onTestFinished, test } from "vitest";
import { endHeaders, frame, frameTypes, resetFrame } from "../testing/http2-frames.ts";
import { connectHttp2, startHttp2App } from "../testing/http2-peers.ts";
import { ok, startFixedServer, startRawServer } from "../testing/raw-server.ts";
import { service, startTestSidecar } from "../testing/start-test-sidecar.ts";

const backend = (port: number) => ({
  services: [{ ...service("backend", { v1: port }), protocol: "http2" }],
});

test("more requests at a time than the upstream allows take further connections", async () => {
  const waiting: (() => void)[] = [];
  const app = await startHttp2App(
    (stream) => {
      waiting.push(() => stream.respond({ ":status": 204 }, { endStream: true }));
      if (waiting.length === 10) for (const answer of waiting) answer();
    },
    { maxConcurrentStreams: 4 },
  );
  const sidecar = await startTestSidecar(backend(app.port));
  const client = await connectHttp2(sidecar.outboundPort);
  const answers = await Promise.all(Array.from({ length: 10 }, () => client.ask({})));
  expect(answers.map(({ headers }) => headers[":status"])).toEqual(Array.from({ length: 10 }, () => 204));
  expect(app.sessions).toBe(3);
});

test("a request that the upstream refuses is sent once more where it has no body", async () => {
  let asked = 0;
  const app = await startHttp2App((stream) => {
    if (++asked === 1) stream.close(constants.NGHTTP2_REFUSED_STREAM);
    else stream.respond({ ":status": 200 }, { endStream: true });
  });
  const sidecar = await startTestSidecar(backend(app.port));
  const client = await connectHttp2(sidecar.outboundPort);
  // The first connection is used once, so that the second request finds a kept one.
  expect((await client.ask({ ":path": "/a" })).headers[":status"]).toBe(503);
  asked = 0;
  expect((await client.ask({ ":method": "POST" })).headers[":status"]).toBe(200);
  expect(asked).toBe(2);
});

test("an upstream that says GOAWAY gets the next request by a new connection", async () => {
  const app = await startHttp2App((stream) => {
    stream.respond({ ":status": 200 });
    stream.end("done");
    stream.session?.close();
  });
  const sidecar = await startTestSidecar(backend(app.port));
  const client = await connectHttp2(sidecar.outboundPort);
  for (let i = 0; i < 3; i++) expect(await client.ask({})).toMatchObject({ body: "done", resetCode: 0 });
  expect(app.sessions).toBe(3);
});

test.each<[string, number, string]>([
  ["CANCEL", constants.NGHTTP2_CANCEL, "UC"],
  ["INTERNAL_ERROR", constants.NGHTTP2_INTERNAL_ERROR, "UC"],
  ["PROTOCOL_ERROR", constants.NGHTTP2_PROTOCOL_ERROR, "UPE"],
  ["NO_ERROR", constants.NGHTTP2_NO_ERROR, "UC"],
])(
  "an upstream that resets its stream with %s before its answer is an answer with a flag",
  async (_name, code, flag) => {
    const app = await startHttp2App((stream) => stream.close(code));
    const sidecar = await startTestSidecar(backend(app.port));
    const client = await connectHttp2(sidecar.outboundPort);
    const answer = await client.ask({});
    expect(answer.headers["x-weir-response-flag"]).toBe(flag);
  },
);

test.each([
  ["CANCEL", constants.NGHTTP2_CANCEL],
  ["NO_ERROR", constants.NGHTTP2_NO_ERROR],
])("half an answer that ends with %s is not taken for a whole one", async (_name, code) => {
  const status200 = Buffer.from([0x88]);
  const half = [
    frame(frameTypes.headers, endHeaders, 1, status200),
    frame(frameTypes.data, 0, 1, Buffer.from("half")),
    resetFrame(1, code),
  ];
  let asked = false;
  const app = await startRawServer((text, socket) => {
    if (!text.startsWith("PRI")) return undefined;
    if (!asked && text.length > 60) {
      asked = true;
      socket.write(Buffer.concat(half));
    }
    return asked ? undefined : frame(frameTypes.settings, 0, 0).toString("latin1");
  });
  const sidecar = await startTestSidecar(backend(app.port));
  const client = await connectHttp2(sidecar.outboundPort);
  const answer = await client.ask({});
  expect(answer.body).toBe("half");
  expect(answer.resetCode).not.toBe(0);
});

test("an upstream that does not speak HTTP/2 is a protocol error", async () => {
  const app = await startFixedServer(ok("hello"));
  const sidecar = await startTestSidecar(backend(app.port));
  const client = await connectHttp2(sidecar.outboundPort);
  const answer = await client.ask({});
  expect(answer.headers).toMatchObject({ ":status": 502, "x-weir-response-flag": "UPE" });
});

test("an upstream that accepts and says nothing is given up in time", async () => {
  const app = await startRawServer(() => undefined);
  const sidecar = await startTestSidecar(backend(app.port), { limits: { connectTimeoutMs: 100 } });
  const client = await connectHttp2(sidecar.outboundPort);
  expect((await client.ask({})).headers).toMatchObject({ ":status": 503, "x-weir-response-flag": "UF" });
});

test("an upstream that is silent within an answer is given up in time", async () => {
  const app = await startHttp2App((stream) => {
    stream.respond({ ":status": 200 });
    stream.write("half");
  });
  const sidecar = await startTestSidecar(backend(app.port), { limits: { streamIdleTimeoutMs: 200 } });
  const client = await connectHttp2(sidecar.outboundPort);
  const answer = await client.ask({});
  expect(answer.body).toBe("half");
  expect(answer.resetCode).not.toBe(0);
  await expect.poll(() => sidecar.page("/metrics")).toContain('flag="UT"} 1');
});

test("a stop lets what is under way finish and takes no more", async () => {
  let finish: (() => void) | undefined;
  const app = await startHttp2App((stream) => {
    stream.respond({ ":status": 200 });
    stream.write("first ");
    finish = () => stream.end("last");
  });
  const sidecar = await startTestSidecar(backend(app.port), { drainMs: 5_000 });
  const client = await connectHttp2(sidecar.outboundPort);
  const answer = client.ask({});
  await waitFor(() => finish, { what: "the request to be there" });
  const goaway = new Promise((resolve) => client.session.once("goaway", resolve));
  const stopped = sidecar.stop();
  await goaway;
  finish?.();
  expect(await answer).toMatchObject({ body: "first last", resetCode: 0 });
  await stopped;
});

test("a host that the mesh does not know is asked as the caller asked", async () => {
  const app = await startHttp2App((stream, headers) => {
    stream.respond({ ":status": 200, "x-authority": String(headers[":authority"]) }, { endStream: true });
  });
  const sidecar = await startTestSidecar();
  const client = await connectHttp2(sidecar.outboundPort, `127.0.0.1:${app.port}`);
  expect((await client.ask({})).headers).toMatchObject({
    ":status": 200,
    "x-authority": `127.0.0.1:${app.port}`,
  });
});

test("a request that is here whole before its upstream is loses nothing", async () => {
  const app = createServer();
  app.on("stream", (stream) => {
    (stream as ServerHttp2Stream).respond({ ":status": 200 });
    stream.pipe(stream);
  });
  const waiting: Socket[] = [];
  const slow = createTcpServer({ pauseOnConnect: true }, (socket) => void waiting.push(socket));
  slow.listen(0, "127.0.0.1");
  await once(slow, "listening");
  onTestFinished(() => {
    for (const socket of waiting) socket.destroy();
    slow.close();
  });
  const sidecar = await startTestSidecar(backend((slow.address() as AddressInfo).port));
  const client = await connectHttp2(sidecar.outboundPort);
  const answer = client.ask({ ":method": "POST" }, { parts: ["hello"], trailers: { "x-check": "1" } });
  const socket = await waitFor(() => waiting[0], { what: "the connection" });
  app.emit("connection", socket);
  socket.resume();
  expect(await answer).toMatchObject({ body: "hello", resetCode: 0 });
});
