import { connect } from "node:http2";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { connectHttp2, startHttp2App } from "../testing/http2-peers.ts";
import { connectRaw } from "../testing/raw-client.ts";
import { ok, startFixedServer } from "../testing/raw-server.ts";
import { service, startTestSidecar } from "../testing/start-test-sidecar.ts";

const workload = { namespace: "shop", service: "backend", version: "v1" };

test("a request and its answer by HTTP/2 through two sidecars", async () => {
  const app = await startHttp2App((stream, headers) => {
    stream.respond(
      { ":status": 200, "x-path": String(headers[":path"]), "x-host": String(headers[":authority"]) },
      { waitForTrailers: true },
    );
    stream.on("wantTrailers", () => stream.sendTrailers({ "x-sum": "1" }));
    stream.pipe(stream);
  });
  const protocol = { services: [{ ...service("backend", {}), protocol: "http2" }] };
  const destination = await startTestSidecar({ app: app.port, workload, ...protocol });
  const source = await startTestSidecar({
    services: [{ ...service("backend", { v1: destination.inboundPort }), protocol: "http2" }],
  });
  const client = await connectHttp2(source.outboundPort);
  const answer = await client.ask({ ":method": "POST", ":path": "/a?b" }, { parts: ["hello ", "there"] });
  expect(answer).toMatchObject({
    headers: { ":status": 200, "x-path": "/a?b", "x-host": "backend" },
    body: "hello there",
    trailers: { "x-sum": "1" },
    resetCode: 0,
  });
  expect(app.sessions).toBe(1);
});

test("HTTP/2 to a service of HTTP/1.1", async () => {
  const app = await startFixedServer(ok("hello"));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const client = await connectHttp2(sidecar.outboundPort);
  const answer = await client.ask({ ":path": "/a", cookie: ["a=1", "b=2"] });
  expect(answer).toMatchObject({
    headers: { ":status": 200, "content-length": "5" },
    body: "hello",
    resetCode: 0,
  });
  expect(app.received[0]).toMatch(/^GET \/a HTTP\/1\.1\r\n/);
  expect(app.received[0]).toMatch(/\r\ncookie: a=1; b=2\r\n/);
});

test("HTTP/2 behind CONNECT is served for the authority that CONNECT named", async () => {
  const app = await startFixedServer(ok("by policy"));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const { socket, until, send } = await connectRaw(sidecar.outboundPort);
  send("CONNECT backend:80 HTTP/1.1\r\nHost: backend:80\r\n\r\n");
  await until(/^HTTP\/1\.1 200 Connection Established\r\n\r\n$/);
  socket.removeAllListeners("data").removeAllListeners("end");
  const session = connect("http://elsewhere", { createConnection: () => socket });
  onTestFinished(() => session.destroy());
  expect(await text(session.request({ ":path": "/a" }))).toBe("by policy");
  expect(app.received[0]).toContain("x-weir-source-service: web");
});
