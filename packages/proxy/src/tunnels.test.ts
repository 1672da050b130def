import { freePort, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectRaw, type RawClient } from "./testing/raw-client.ts";
import { ok, startFixedServer, startRawServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const upgrade = "GET /ws HTTP/1.1\r\nHost: backend\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
const switching = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

/** An echo behind an upgrade; ends when the other side has ended, after a last word. */
function startEcho() {
  return startRawServer((text, socket) => {
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    socket.removeAllListeners("data");
    socket.on("data", (chunk) => socket.write(chunk));
    socket.on("end", () => socket.end("bye"));
    return `${switching}hello ${text.slice(end + 4)}`;
  });
}

test("an upgrade becomes a tunnel both ways, with bytes sent ahead and half-close kept", async () => {
  const app = await startEcho();
  const workload = { namespace: "shop", service: "backend", version: "v1" };
  const destination = await startTestSidecar({ app: app.port, workload });
  const source = await startTestSidecar({ services: [service("backend", { v1: destination.inboundPort })] });
  const client = await connectRaw(source.outboundPort);
  client.send(`${upgrade}early`);
  await client.until(/^HTTP\/1\.1 101 [\s\S]*Upgrade: websocket\r\n\r\nhello early$/);
  client.send(" and late");
  await client.until(/early and late$/);
  client.socket.end();
  expect(await client.untilClosed()).toMatch(/and latebye$/);
  await waitFor(async () => (await source.page("/metrics")).includes('status="101",flag=""} 1'), {
    what: "it to be counted",
  });
});

test("a side that breaks takes the other with it", async () => {
  const app = await startEcho();
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(upgrade);
  await client.until(/hello $/);
  client.socket.resetAndDestroy();
  await waitFor(() => app.sockets[0]?.destroyed, { what: "the application's side to break" });
});

test("an upgrade that is refused is an answer like any other", async () => {
  const app = await startFixedServer(ok("no websockets here"));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(upgrade);
  await client.until(/no websockets here$/);
  client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  await client.until(/here[\s\S]*here$/);
});

async function connectThrough(port: number, authority: string): Promise<RawClient> {
  const client = await connectRaw(port);
  client.send(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  await client.until(/^HTTP\/1\.1 200 Connection Established\r\n\r\n$/);
  return client;
}

test("CONNECT and then HTTP: served as HTTP for that authority, request after request", async () => {
  const app = await startFixedServer(ok("by policy"));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const client = await connectThrough(sidecar.outboundPort, "backend:80");
  client.send("GET /a HTTP/1.1\r\nHost: something.else\r\n\r\n");
  await client.until(/by policy$/);
  client.send("GET /b HTTP/1.1\r\nHost: something.else\r\n\r\n");
  await client.until(/policy[\s\S]*by policy$/);
  expect(app.received[0]).toContain("x-weir-source-service: web");
  await expect
    .poll(() => sidecar.page("/metrics"))
    .toContain('destination="backend",version="v1",status="200",flag=""} 2');
});

test("CONNECT and then anything else: passed on as it is", async () => {
  const app = await startRawServer((text) => (text.endsWith("\x16\x03\x01") ? "\x16answer" : undefined));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const client = await connectThrough(sidecar.outboundPort, "backend:443");
  client.send("\x16\x03\x01");
  await client.until(/answer$/);
  expect(app.received[0]).toBe("\x16\x03\x01");
});

test("CONNECT where the server speaks first: the caller's silence is taken for TCP", async () => {
  const app = await startRawServer((text) => (text === "EHLO\r\n" ? "250 ok" : undefined));
  const sidecar = await startTestSidecar({ services: [service("mail", { v1: app.port })] });
  const client = await connectThrough(sidecar.outboundPort, "mail:25");
  await waitFor(() => app.sockets[0], { what: "the connection" });
  app.sockets[0]?.write("220 hello\r\n");
  await client.until(/220 hello\r\n$/);
  client.send("EHLO\r\n");
  await client.until(/250 ok$/);
});

test("CONNECT to a host the mesh does not know goes to that host", async () => {
  const app = await startRawServer(() => "\x00there");
  const sidecar = await startTestSidecar();
  const client = await connectThrough(sidecar.outboundPort, `127.0.0.1:${app.port}`);
  client.send("\x00here");
  await client.until(/there$/);
  client.socket.end();
  app.sockets[0]?.end();
  await waitFor(async () => (await sidecar.page("/metrics")).includes('destination="passthrough"'), {
    what: "it to be counted",
  });
});

test("a service of TCP is passed on as it is, whatever it looks like, and counted while it lasts", async () => {
  const app = await startRawServer((text) => (text.endsWith("\r\n") ? "+OK\r\n" : undefined));
  const sidecar = await startTestSidecar({
    services: [{ ...service("backend", { v1: app.port }), protocol: "tcp" }],
  });
  const client = await connectThrough(sidecar.outboundPort, "backend:6379");
  client.send("GET / HTTP/1.1\r\n");
  await client.until(/\+OK\r\n$/);
  expect(app.received[0]).toBe("GET / HTTP/1.1\r\n");
  const during = await sidecar.page("/metrics");
  expect(during).toContain("weir_proxy_tcp_connections 1");
  expect(during).toContain('weir_proxy_tcp_connections_total{kind="tcp"} 1');
  expect(during).toContain('weir_proxy_tcp_bytes_total{way="sent"} 16');
  expect(during).toContain('weir_proxy_tcp_bytes_total{way="received"} 5');
  app.sockets[0]?.resetAndDestroy();
  await client.untilClosed();
  await waitFor(
    async () =>
      (await sidecar.page("/metrics")).includes('destination="backend",version="v1",status="0",flag="UC"} 1'),
    { what: "it to be counted" },
  );
  await expect.poll(() => sidecar.page("/metrics")).toContain("weir_proxy_tcp_connections 0");
});

test("CONNECT to where nobody listens ends in a reset", async () => {
  const sidecar = await startTestSidecar();
  const client = await connectThrough(sidecar.outboundPort, `127.0.0.1:${await freePort()}`);
  client.send("\x00here");
  await client.untilClosed();
  await expect.poll(() => sidecar.page("/metrics")).toContain('status="0",flag="UF"} 1');
});
