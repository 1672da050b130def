import { rawHttp, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startFixedServer, startRawServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const noAdditions = { additions: { traceContext: false, forwardingHeaders: false } };

/** A caller's sidecar and the destination's, with the application behind: the way of every request in a mesh. */
async function startMesh(appPort: number, more: Record<string, unknown> = noAdditions) {
  const workload = { namespace: "shop", service: "backend", version: "v1" };
  const destination = await startTestSidecar({ app: appPort, workload, outbound: undefined, ...more });
  const source = await startTestSidecar({
    services: [service("backend", { v1: destination.inboundPort })],
    ...more,
  });
  return { source, destination };
}

const answers = {
  "a length":
    "HTTP/1.1 200 OK\r\nX-b: 1\r\nx-A: 2\r\nX-b: 3\r\nServer: raw\r\nContent-Length: 5\r\n\r\nhello",
  "odd case, odd reason, bytes above ASCII":
    "HTTP/1.1 299 W\xe9ird\r\ncOntent-lengtH: 3\r\nX: \xff\xfe\r\n\r\n\x00\xff\n",
  "no reason": "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n",
  "chunks and trailers":
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n" +
    "5;note=x\r\nhello\r\nA\r\n0123456789\r\n0\r\nX-Sum: 15\r\n\r\n",
  "204 with a length it must not have": "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
  "304 with the length of what it does not send":
    "HTTP/1.1 304 Not Modified\r\nETag: x\r\nContent-Length: 5\r\n\r\n",
  "interim answers first": `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n${ok("late")}`,
};

test.each(Object.entries(answers))("through both sidecars as by itself: %s", async (_what, answer) => {
  const app = await startFixedServer(answer);
  const { source } = await startMesh(app.port);
  const request = "GET /a%20b?x=1 HTTP/1.1\r\nhost: backend\r\nX-Z: 1\r\nx-a: 2\r\nX-Z: 3\r\nEmpty:\r\n\r\n";
  const until = (text: string) => text.length >= answer.length;
  const direct = await rawHttp(app.port, request, { until });
  const through = await rawHttp(source.outboundPort, request, { until });
  expect(through.text).toBe(direct.text);
  expect(app.received[1]).toBe(app.received[0]);
});

test("what a sidecar adds is trace context and forwarding fields, at the end", async () => {
  const app = await startFixedServer(ok("x"));
  const { source } = await startMesh(app.port, {});
  await rawHttp(source.outboundPort, "GET / HTTP/1.1\r\nHost: backend\r\nA: b\r\n\r\n", {
    until: (t) => t.endsWith("x"),
  });
  expect(app.received[0]).toMatch(
    /^GET \/ HTTP\/1\.1\r\nHost: backend\r\nA: b\r\ntraceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-00\r\nx-forwarded-for: 127\.0\.0\.1, 127\.0\.0\.1\r\nx-forwarded-proto: http\r\n\r\n$/,
  );
});

test("what a caller names in Connection ends here, but nothing that a sidecar adds", async () => {
  const app = await startFixedServer(ok("x"));
  const { source } = await startMesh(app.port, {});
  const named = "x-forwarded-for, X-Forwarded-Proto, traceparent, x-weir-source-service, x-hop";
  const own = "X-Forwarded-For: 192.0.2.7\r\nX-Hop: 1\r\nA: b\r\n";
  await rawHttp(
    source.outboundPort,
    `GET / HTTP/1.1\r\nHost: backend\r\nConnection: ${named}\r\n${own}\r\n`,
    {
      until: (t) => t.endsWith("x"),
    },
  );
  expect(app.received[0]).toMatch(
    /^GET \/ HTTP\/1\.1\r\nHost: backend\r\nA: b\r\ntraceparent: \S+\r\nx-forwarded-for: 127\.0\.0\.1, 127\.0\.0\.1\r\nx-forwarded-proto: http\r\n\r\n$/,
  );
});

test("a chunked request and its trailers arrive as they were sent", async () => {
  const app = await startRawServer((text) => (text.endsWith("X-Sum: 1\r\n\r\n") ? ok("got") : undefined));
  const { source } = await startMesh(app.port);
  const body = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Sum: 1\r\n\r\n";
  const head = "POST / HTTP/1.1\r\nHost: backend\r\nTransfer-Encoding: chunked\r\n\r\n";
  const client = await connectRaw(source.outboundPort);
  for (const byte of Buffer.from(head + body)) client.send(Buffer.of(byte));
  await client.until(/got$/);
  expect(app.received[0]).toBe(head + body);
});

test("HEAD gets the length and no body, and the connection serves on", async () => {
  const app = await startFixedServer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
  const { source } = await startMesh(app.port);
  const client = await connectRaw(source.outboundPort);
  const request = "HEAD / HTTP/1.1\r\nHost: backend\r\n\r\n";
  client.send(request);
  await client.until(/5\r\n\r\n$/);
  client.send(request);
  await client.until(/5\r\n\r\nHTTP[\s\S]*5\r\n\r\n$/);
  expect(app.received).toHaveLength(1);
});

test("Expect: 100-continue passes, and so does the answer to it", async () => {
  const app = await startRawServer((text) => {
    if (text.endsWith("hello")) return ok("done");
    return text.endsWith("\r\n\r\n") ? "HTTP/1.1 100 Continue\r\n\r\n" : undefined;
  });
  const { source } = await startMesh(app.port);
  const client = await connectRaw(source.outboundPort);
  client.send("POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  await client.until(/100 Continue\r\n\r\n$/);
  client.send("hello");
  await client.until(/done$/);
  expect(app.received[0]).toContain("Expect: 100-continue");
});

test("pipelined requests are answered in order, one upstream request at a time", async () => {
  const app = await startRawServer((text) => {
    const paths = [...text.matchAll(/GET \/(\d) /g)];
    return text.endsWith("\r\n\r\n") ? ok(paths.at(-1)?.[1] ?? "?") : undefined;
  });
  const { source } = await startMesh(app.port);
  const request = (n: number) => `GET /${n} HTTP/1.1\r\nHost: backend\r\n\r\n`;
  const { text } = await rawHttp(source.outboundPort, request(1) + request(2) + request(3), {
    halfClose: true,
  });
  expect([...text.matchAll(/\r\n\r\n(\d)/g)].map((match) => match[1])).toEqual(["1", "2", "3"]);
});

test("an HTTP/1.0 caller gets no chunks and the end of the connection as the end", async () => {
  const app = await startFixedServer(answers["chunks and trailers"]);
  const { source } = await startMesh(app.port);
  const { text, closed } = await rawHttp(source.outboundPort, "GET / HTTP/1.0\r\nHost: backend\r\n\r\n");
  expect(text).toMatch(/\r\nConnection: close\r\n\r\nhello0123456789$/);
  expect(text).not.toContain("Transfer-Encoding");
  expect(closed).toBe(true);
});

test("a body until the connection's end is passed on as one", async () => {
  const app = await startRawServer((_text, socket) => {
    socket.end("HTTP/1.1 200 OK\r\n\r\nall of it");
    return undefined;
  });
  const { source } = await startMesh(app.port);
  const { text, closed } = await rawHttp(source.outboundPort, "GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  expect([text, closed]).toEqual(["HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it", true]);
});

test("an answer that comes before the request is whole is passed on, and the connection closed", async () => {
  const app = await startRawServer((text) => (text.includes("\r\n\r\n") ? ok("no more, thanks") : undefined));
  const { source } = await startMesh(app.port);
  const client = await connectRaw(source.outboundPort);
  client.send("POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 1000000\r\n\r\nfirst part");
  expect(await client.untilClosed()).toMatch(/Connection: close\r\n\r\nno more, thanks$/);
});

test("a caller's claim to be another workload is replaced outbound and taken off inbound", async () => {
  const app = await startFixedServer(ok("x"));
  const { source } = await startMesh(app.port);
  await rawHttp(
    source.outboundPort,
    "GET / HTTP/1.1\r\nHost: backend\r\nx-weir-source-service: payments\r\n\r\n",
    {
      until: (text) => text.endsWith("x"),
    },
  );
  expect(app.received[0]).not.toContain("x-weir");
});

test("a slow reader holds the sender back: neither side's bytes pile up in the sidecar", async () => {
  const chunk = Buffer.alloc(64 * 1024, "a");
  // Linux lets each of the three connections hold up to 36 MiB by itself (tcp_rmem, tcp_wmem); the rest must wait.
  const total = 256 * 1024 * 1024;
  let sent = 0;
  const app = await startRawServer((_text, socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${total}\r\n\r\n`);
    const more = (): void => {
      while (sent < total) {
        sent += chunk.length;
        if (!socket.write(chunk)) return;
      }
    };
    socket.on("drain", more);
    more();
    return undefined;
  });
  const { source } = await startMesh(app.port);
  const client = await connectRaw(source.outboundPort);
  client.socket.pause();
  client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  let last = -1;
  // Held back for good: nothing moves any more, far from the end. What did go sits in the kernel's socket buffers.
  await waitFor(
    async () => {
      const before = sent;
      await new Promise((resolve) => setTimeout(resolve, 150));
      last = sent;
      return before === sent && sent > 0;
    },
    { what: "the sender to be held back" },
  );
  expect(last).toBeLessThan(total / 2);
  let received = 0;
  client.socket.removeAllListeners("data").on("data", (bytes) => {
    received += bytes.length;
  });
  client.socket.resume();
  await waitFor(() => received > total, { what: "the rest to come" });
});
