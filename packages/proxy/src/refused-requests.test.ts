import { rawHttp, waitFor } from "@weir/testkit/sockets";
import { describe, expect, test } from "vitest";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startFixedServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const cases = [
  { sent: "GET / HTTP/1.1\nHost: backend\n\n", answer: 400, why: "bare LF" },
  { sent: "GET / HTTP/1.1\r\nHost: backend\rX: y\r\n\r\n", answer: 400, why: "bare CR" },
  { sent: "GET / HTTP/1.1\r\nHost: backend\r\nX: a\r\n b\r\n\r\n", answer: 400, why: "a folded field" },
  { sent: "GET / HTTP/1.1\r\nHost: backend\r\nX: a\x00\r\n\r\n", answer: 400, why: "NUL in a field" },
  { sent: "GET / HTTP/1.1\r\nHost: backend\r\nX : a\r\n\r\n", answer: 400, why: "a space before the colon" },
  { sent: "GET / HTTP/1.1\r\n\r\n", answer: 400, why: "no Host" },
  { sent: "GET / HTTP/1.1\r\nHost: backend\r\nHost: backend\r\n\r\n", answer: 400, why: "two Hosts" },
  { sent: "GET / HTTP/1.1\r\nHost: 127.0.0.1:65536\r\n\r\n", answer: 400, why: "a port that cannot be" },
  {
    sent: "GET http://127.0.0.1:70000/ HTTP/1.1\r\nHost: backend\r\n\r\n",
    answer: 400,
    why: "a port that cannot be, in the target",
  },
  {
    sent: "CONNECT 127.0.0.1:99999 HTTP/1.1\r\nHost: backend\r\n\r\n",
    answer: 400,
    why: "CONNECT to a port that cannot be",
  },
  { sent: "GET /\r\n\r\n", answer: 505, why: "HTTP/0.9" },
  { sent: "GET / HTTP/2.0\r\nHost: backend\r\n\r\n", answer: 505, why: "an unknown version" },
  { sent: "GET backend HTTP/1.1\r\nHost: backend\r\n\r\n", answer: 400, why: "a target of no form" },
  {
    sent: "GET https://backend/ HTTP/1.1\r\nHost: backend\r\n\r\n",
    answer: 400,
    why: "https: asked of an HTTP proxy",
  },
  {
    sent: "GET http://u:p@backend/ HTTP/1.1\r\nHost: backend\r\n\r\n",
    answer: 400,
    why: "credentials in the target",
  },
  {
    sent: `GET /${"x".repeat(17_000)} HTTP/1.1\r\nHost: backend\r\n\r\n`,
    answer: 431,
    why: "an over-long line",
  },
  {
    sent: `GET / HTTP/1.1\r\nHost: backend\r\n${`X: ${"y".repeat(900)}\r\n`.repeat(80)}\r\n`,
    answer: 431,
    why: "an over-large head",
  },
  {
    sent: `GET / HTTP/1.1\r\nHost: backend\r\n${"X: y\r\n".repeat(250)}\r\n`,
    answer: 431,
    why: "too many fields",
  },
  {
    sent: post("Content-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
    answer: 400,
    why: "TE with CL",
  },
  { sent: post("Content-Length: 3\r\nContent-Length: 4", "abcd"), answer: 400, why: "two lengths" },
  { sent: post("Content-Length: 3, 3", "abc"), answer: 400, why: "a list of lengths" },
  { sent: post("Content-Length: +3", "abc"), answer: 400, why: "a signed length" },
  { sent: post("Transfer-Encoding: gzip", "abc"), answer: 400, why: "an unknown coding" },
  { sent: post("Transfer-Encoding: chunked, gzip", "0\r\n\r\n"), answer: 400, why: "chunked not last" },
  {
    sent: post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
    answer: 400,
    why: "a coding twice",
  },
  {
    sent: "POST / HTTP/1.0\r\nHost: backend\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    answer: 400,
    why: "chunked in HTTP/1.0",
  },
  { sent: post("Transfer-Encoding: chunked", "zz\r\n"), answer: 400, why: "a malformed chunk" },
  {
    sent: post("Transfer-Encoding: chunked", "3\r\nabcd\r\n"),
    answer: 400,
    why: "a chunk longer than it says",
  },
  {
    sent: "CONNECT backend:80 HTTP/1.1\r\nHost: backend\r\nContent-Length: 3\r\n\r\nabc",
    answer: 400,
    why: "CONNECT with a body",
  },
];

function post(fields: string, body: string): string {
  return `POST / HTTP/1.1\r\nHost: backend\r\n${fields}\r\n\r\n${body}GET /smuggled HTTP/1.1\r\nHost: backend\r\n\r\n`;
}

describe.each(cases)("$why", ({ sent, answer }) => {
  test.each(["outbound", "inbound"] as const)(
    `is answered ${answer} on %s and the connection closed`,
    async (side) => {
      const upstream = await startFixedServer(ok("never"));
      const sidecar = await startTestSidecar({
        app: upstream.port,
        services: [service("backend", { v1: upstream.port })],
      });
      const port = side === "outbound" ? sidecar.outboundPort : sidecar.inboundPort;
      const { status, text, closed } = await rawHttp(port, sent);
      expect([status, closed]).toEqual([answer, true]);
      expect(text).toMatch(/\r\nconnection: close\r\n/i);
      expect(text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
      expect(upstream.received.join("")).not.toContain("smuggled");
    },
  );
});

test("what was refused is counted by its reason", async () => {
  const sidecar = await startTestSidecar();
  await rawHttp(sidecar.outboundPort, "GET / HTTP/1.1\nHost: a\n\n");
  expect(await sidecar.page("/metrics")).toContain('weir_proxy_parse_rejects_total{reason="bare-lf"} 1');
});

test("a head that drips is cut off with 408, an idle connection without a word", async () => {
  const sidecar = await startTestSidecar({}, { limits: { headTimeoutMs: 300, idleTimeoutMs: 300 } });
  const slow = await connectRaw(sidecar.outboundPort);
  const idle = await connectRaw(sidecar.outboundPort);
  slow.send("GET / HTTP/1.1\r\nHo");
  expect(await slow.untilClosed()).toMatch(/^HTTP\/1\.1 408 /);
  expect(await idle.untilClosed()).toBe("");
});

test("CONNECT is refused inbound: nobody makes this sidecar connect elsewhere", async () => {
  const sidecar = await startTestSidecar({ app: 9 });
  const { status } = await rawHttp(sidecar.inboundPort, "CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\n\r\n");
  expect(status).toBe(405);
});

test("a body that ends early is not passed off as a whole one", async () => {
  const upstream = await startFixedServer("");
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send("POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 10\r\n\r\nhalf");
  await waitFor(() => upstream.received[0]?.endsWith("half"), { what: "the half to arrive" });
  client.socket.end();
  expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 400 /);
  await waitFor(() => upstream.sockets[0]?.destroyed || upstream.sockets[0]?.readableEnded, {
    what: "the upstream to be told",
  });
});
