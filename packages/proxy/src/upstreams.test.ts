import { freePort, rawHttp, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startFixedServer, startRawServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const get = "GET / HTTP/1.1\r\nHost: backend\r\n\r\n";
const post = "POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 2\r\n\r\nhi";

function flagOf(text: string): string | undefined {
  return /x-weir-response-flag: (\w+)/.exec(text)?.[1];
}

test("one upstream connection serves many requests of many callers", async () => {
  const upstream = await startFixedServer(ok("x"));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  for (let i = 0; i < 5; i++) {
    const client = await connectRaw(sidecar.outboundPort);
    for (let n = 1; n <= 3; n++) {
      client.send(get);
      await waitFor(() => client.text.split("\r\n\r\nx").length === n + 1, { what: `${n} answers` });
    }
  }
  expect(upstream.sockets).toHaveLength(1);
  expect(upstream.received[0]?.match(/GET/g)).toHaveLength(15);
});

test("a kept connection that dies unheard is replaced once, unseen by the caller of a GET", async () => {
  const upstream = await startRawServer((text, socket, connection) => {
    const requests = text.match(/GET/g)?.length ?? 0;
    if (connection === 0 && requests === 2) socket.destroy();
    else return ok(`connection ${connection}`);
    return undefined;
  });
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(get);
  await client.until(/connection 0$/);
  client.send(get);
  await client.until(/connection 1$/);
});

test("but a POST is never sent twice: 503 UC", async () => {
  const upstream = await startRawServer((text, socket) => {
    if ((text.match(/POST/g)?.length ?? 0) === 2) socket.destroy();
    else if (text.endsWith("hi")) return ok("x");
    return undefined;
  });
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(post);
  await client.until(/x$/);
  client.send(post);
  expect(flagOf(await client.until(/HTTP\/1\.1 503 [\s\S]*\}\n$/))).toBe("UC");
  expect(upstream.sockets).toHaveLength(1);
});

test("a response that breaks off is broken off for the caller too", async () => {
  const upstream = await startRawServer((_text, socket) => {
    socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    return undefined;
  });
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(get);
  expect(await client.untilClosed()).toMatch(/half$/);
  await expect
    .poll(() => sidecar.page("/metrics"))
    .toMatch(/destination="backend",version="v1",status="200",flag="UC"\} 1/);
});

test.each`
  answer                                                                          | why
  ${"HTTP/1.1 200 OK\nContent-Length: 0\n\n"}                                     | ${"bare LF"}
  ${"ICY 200 OK\r\n\r\n"}                                                         | ${"another protocol"}
  ${"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"} | ${"two framings"}
  ${"HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx"}                           | ${"a list of lengths"}
  ${"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"}                     | ${"101 that nobody asked for"}
`("an upstream that answers with $why: 502 UPE", async ({ answer }) => {
  const upstream = await startFixedServer(answer);
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const { status, text } = await rawHttp(sidecar.outboundPort, get, { until: (t) => t.endsWith("}\n") });
  expect([status, flagOf(text)]).toEqual([502, "UPE"]);
});

test("an upstream that is silent: 504 UT", async () => {
  const upstream = await startRawServer(() => undefined);
  const services = [service("backend", { v1: upstream.port })];
  const sidecar = await startTestSidecar({ services }, { limits: { streamIdleTimeoutMs: 300 } });
  const { status, text } = await rawHttp(sidecar.outboundPort, get, { until: (t) => t.endsWith("}\n") });
  expect([status, flagOf(text)]).toEqual([504, "UT"]);
});

test("nobody listens: 503 UF, and the caller's connection serves on", async () => {
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: await freePort() })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(get);
  await client.until(/\}\n$/);
  const first = client.text;
  expect([first.slice(9, 12), flagOf(first)]).toEqual(["503", "UF"]);
  expect(JSON.parse(first.slice(first.indexOf("{")))).toMatchObject({ status: 503, flag: "UF" });
  client.send(get);
  await client.until(/\}\n[\s\S]*\}\n$/);
});

test("an endpoint that cannot be connected to is passed over for another", async () => {
  const upstream = await startFixedServer(ok("x"));
  const services = [service("backend", { v1: [await freePort(), upstream.port] })];
  const sidecar = await startTestSidecar({ services });
  for (let i = 0; i < 20; i++) {
    const { status } = await rawHttp(sidecar.outboundPort, get, { until: (text) => text.endsWith("x") });
    expect(status).toBe(200);
  }
});

test("a service without an endpoint: 503 UH", async () => {
  const sidecar = await startTestSidecar({ services: [{ name: "backend" }] });
  const { status, text } = await rawHttp(sidecar.outboundPort, get, { until: (t) => t.endsWith("}\n") });
  expect([status, flagOf(text)]).toEqual([503, "UH"]);
});

test("HEAD gets an error without its body", async () => {
  const sidecar = await startTestSidecar({ services: [{ name: "backend" }] });
  const { text } = await rawHttp(sidecar.outboundPort, get.replace("GET", "HEAD"), {
    until: (t) => t.endsWith("\r\n\r\n"),
  });
  expect(text).toMatch(/^HTTP\/1\.1 503 .*\r\n\r\n$/s);
});

test("a caller that goes away takes its request with it: DC", async () => {
  const upstream = await startRawServer(() => undefined);
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(get);
  await waitFor(() => upstream.sockets.length === 1, { what: "the request to arrive" });
  client.socket.resetAndDestroy();
  await waitFor(async () => (await sidecar.page("/metrics")).includes('status="0",flag="DC"} 1'), {
    what: "DC to be counted",
  });
  await waitFor(() => upstream.sockets[0]?.readableEnded || upstream.sockets[0]?.destroyed, {
    what: "the upstream to be told",
  });
});

test("the least loaded of two endpoints gets the next request", async () => {
  const upstreams = [await startRawServer(answerUnlessHeld), await startRawServer(answerUnlessHeld)];
  const sidecar = await startTestSidecar({
    services: [service("backend", { v1: upstreams.map((one) => one.port) })],
  });
  const stuck = await connectRaw(sidecar.outboundPort);
  stuck.send(get.replace("GET /", "GET /hold"));
  const [held] = await waitFor(
    () => {
      const some = upstreams.filter((one) => one.received.length > 0);
      return some.length > 0 ? some : undefined;
    },
    { what: "the first request" },
  );
  for (let i = 0; i < 10; i++)
    await rawHttp(sidecar.outboundPort, get, { until: (text) => text.endsWith("free") });
  expect(held?.received).toHaveLength(1);
});

function answerUnlessHeld(text: string): string | undefined {
  return text.includes("/hold") ? undefined : ok("free");
}
