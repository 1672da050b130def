import { once } from "node:events";
import { connect } from "node:http2";
import { type RequestOptions, request as requestHttps } from "node:https";
import { connect as connectPlain } from "node:net";
import { text } from "node:stream/consumers";
import { waitFor } from "@weir/testkit/sockets";
import { expect, onTestFinished, test } from "vitest";
import { connectHttp2, startHttp2App } from "../testing/http2-peers.ts";
import { ok, startFixedServer } from "../testing/raw-server.ts";
import { service, startTestSidecar } from "../testing/start-test-sidecar.ts";
import { testCertificate, writeTestCertificate } from "../testing/test-certificate.ts";

/** A sidecar before an application of HTTP/1.1, with TLS on its inbound port. */
async function startInbound(port: number, more: Record<string, unknown> = {}) {
  const tls = await writeTestCertificate();
  const sidecar = await startTestSidecar({
    inbound: { listen: "127.0.0.1:0", app: `127.0.0.1:${port}`, tls },
    workload: { namespace: "shop", service: "backend", version: "v1" },
    ...more,
  });
  return { sidecar, tls };
}

async function getByHttps(options: RequestOptions): Promise<string> {
  const request = requestHttps({ host: "127.0.0.1", ca: testCertificate, agent: false, ...options });
  request.end();
  const [response] = await once(request, "response");
  return text(response);
}

test("HTTP/1.1 by TLS is served, and the application is told so", async () => {
  const app = await startFixedServer(ok("hello"));
  const { sidecar } = await startInbound(app.port);
  expect(await getByHttps({ port: sidecar.inboundPort, headers: { host: "backend" } })).toBe("hello");
  expect(app.received[0]).toContain("x-forwarded-proto: https");
});

test("HTTP/2 by TLS is agreed on by ALPN", async () => {
  const app = await startFixedServer(ok("hello"));
  const { sidecar } = await startInbound(app.port);
  const session = connect(`https://127.0.0.1:${sidecar.inboundPort}`, { ca: testCertificate });
  onTestFinished(() => session.destroy());
  const stream = session.request({ ":path": "/", ":authority": "backend" });
  expect(await text(stream)).toBe("hello");
  expect(session.alpnProtocol).toBe("h2");
  expect(app.received[0]).toContain("x-forwarded-proto: https");
});

test.each(["http", "http2", "grpc"])(
  "from sidecar to sidecar by TLS, to a service of %s",
  async (protocol) => {
    const app = await startHttp2App((stream) => {
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.pipe(stream);
    });
    const own = {
      services: [{ ...service("backend", {}), protocol: protocol === "http" ? "http" : "http2" }],
    };
    const { sidecar, tls } = await startInbound(app.port, own);
    const source = await startTestSidecar({
      services: [
        {
          ...service("backend", { v1: sidecar.inboundPort }),
          protocol,
          tls: { ca: tls.certificate, serverName: "backend" },
        },
      ],
    });
    const client = await connectHttp2(source.outboundPort);
    // A request of gRPC goes by HTTP/2 whatever the service is said to speak.
    const headers = { ":method": "POST", "content-type": "application/grpc", te: "trailers" };
    for (let i = 0; i < 3; i++)
      expect(await client.ask(headers, { parts: ["hello"] })).toMatchObject({
        body: "hello",
        trailers: { "grpc-status": "0" },
        resetCode: 0,
      });
  },
);

test("to a service of HTTP/1.1 by TLS, the connection kept", async () => {
  const app = await startFixedServer(ok("hello"));
  const { sidecar, tls } = await startInbound(app.port);
  const source = await startTestSidecar({
    services: [{ ...service("backend", { v1: sidecar.inboundPort }), tls: { ca: tls.certificate } }],
  });
  const client = await connectHttp2(source.outboundPort);
  for (let i = 0; i < 3; i++) expect((await client.ask({})).body).toBe("hello");
  await expect.poll(() => source.page("/metrics")).toContain("weir_proxy_upstream_connections 1");
});

test.each([
  ["is not trusted", {}],
  ["is for another name", { serverName: "someone-else" }],
])("an endpoint whose certificate %s is not asked", async (_name, tls) => {
  const app = await startFixedServer(ok("hello"));
  const { sidecar, tls: files } = await startInbound(app.port);
  const ca = "serverName" in tls ? { ca: files.certificate } : {};
  const source = await startTestSidecar({
    services: [{ ...service("backend", { v1: sidecar.inboundPort }), tls: { ...ca, ...tls } }],
  });
  const client = await connectHttp2(source.outboundPort);
  expect((await client.ask({})).headers).toMatchObject({ ":status": 503, "x-weir-response-flag": "UF" });
  expect(app.received).toEqual([]);
});

test("bytes that are no TLS are refused, and counted", async () => {
  const app = await startFixedServer(ok("hello"));
  const { sidecar } = await startInbound(app.port);
  const socket = connectPlain(sidecar.inboundPort, "127.0.0.1");
  socket.on("error", () => undefined).end("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  await new Promise((resolve) => socket.resume().once("close", resolve));
  expect(app.received).toEqual([]);
  await waitFor(
    async () => (await sidecar.page("/metrics")).includes('rejects_total{reason="tls-handshake"} 1'),
    {
      what: "it to be counted",
    },
  );
});

test("a certificate that cannot be read prevents the start, and says so", async () => {
  const tls = { certificate: "/nowhere/certificate.pem", privateKey: "/nowhere/key.pem" };
  await expect(
    startTestSidecar({ inbound: { listen: "127.0.0.1:0", app: "127.0.0.1:1", tls } }),
  ).rejects.toThrow(/cannot read the certificate from \/nowhere\/certificate\.pem/);
});
