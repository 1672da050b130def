import { rawHttp, waitFor } from "@weir/testkit/sockets";
import { describe, expect, test } from "vitest";
import { chunkedHead, malformedRequests, maxBodyBytes } from "./testing/malformed-requests.ts";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startFixedServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

/** How often each reason was counted. */
async function rejects(page: (path: string) => Promise<string>): Promise<Record<string, number>> {
  const lines = (await page("/metrics")).matchAll(
    /^weir_proxy_parse_rejects_total\{reason="(.+)"\} (\d+)$/gm,
  );
  return Object.fromEntries([...lines].map(([, reason, count]) => [reason, Number(count)]));
}

describe.each(["outbound", "inbound"] as const)("%s", (side) => {
  test("each malformed request is answered, counted by its reason, and reaches nobody", async () => {
    const upstream = await startFixedServer(ok("never"));
    const services = [service("backend", { v1: upstream.port })];
    const sidecar = await startTestSidecar({ app: upstream.port, services }, { limits: { maxBodyBytes } });
    const port = side === "outbound" ? sidecar.outboundPort : sidecar.inboundPort;
    const expected: Record<string, number> = {};
    for (const { what, sent, status, reason } of malformedRequests) {
      const { text, closed } = await rawHttp(port, sent);
      expect([text.slice(0, 12), closed], what).toEqual([`HTTP/1.1 ${status}`, true]);
      expect(text, what).toMatch(/\r\nconnection: close\r\n/i);
      expect(text.match(/^HTTP\/1\.1 /gm), what).toHaveLength(1);
      expect(upstream.received.join(""), what).toBe("");
      expected[reason] = (expected[reason] ?? 0) + 1;
      expect(await rejects(sidecar.page), what).toEqual(expected);
    }
  });

  test("a body that turns out malformed later takes the request back, and nothing behind it passes", async () => {
    for (const { what, sent, status } of malformedRequests.filter(({ sent }) =>
      sent.startsWith(chunkedHead),
    )) {
      const upstream = await startFixedServer("");
      const services = [service("backend", { v1: upstream.port })];
      const sidecar = await startTestSidecar({ app: upstream.port, services }, { limits: { maxBodyBytes } });
      const client = await connectRaw(side === "outbound" ? sidecar.outboundPort : sidecar.inboundPort);
      client.send(`${chunkedHead}1\r\nx\r\n`);
      await waitFor(() => upstream.received[0]?.endsWith("1\r\nx\r\n"), {
        what: `the beginning of: ${what}`,
      });
      client.send(sent.slice(chunkedHead.length));
      expect(await client.untilClosed(), what).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      await waitFor(() => upstream.sockets[0]?.destroyed || upstream.sockets[0]?.readableEnded, {
        what: `the upstream to be told of: ${what}`,
      });
      expect(upstream.received.join(""), what).not.toMatch(/smuggled|\r\n0\r\n\r\n$/);
    }
  });
});

test.each`
  target                       | what
  ${"https://backend/"}        | ${"https: asked of an HTTP proxy"}
  ${"http://u:p@backend/"}     | ${"credentials in the target"}
  ${"http://127.0.0.1:70000/"} | ${"a port that cannot be, in the target"}
`("$what: 400, counted", async ({ target }) => {
  const upstream = await startFixedServer(ok("never"));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const { status, closed } = await rawHttp(
    sidecar.outboundPort,
    `GET ${target} HTTP/1.1\r\nHost: backend\r\n\r\n`,
  );
  expect([status, closed, upstream.received]).toEqual([400, true, []]);
  expect(await rejects(sidecar.page)).toEqual({ "request-target": 1 });
});

test("a head that drips is cut off with 408, an idle connection without a word", async () => {
  const sidecar = await startTestSidecar({}, { limits: { headTimeoutMs: 300, idleTimeoutMs: 300 } });
  const slow = await connectRaw(sidecar.outboundPort);
  const idle = await connectRaw(sidecar.outboundPort);
  slow.send("GET / HTTP/1.1\r\nHo");
  expect(await slow.untilClosed()).toMatch(/^HTTP\/1\.1 408 /);
  expect(await idle.untilClosed()).toBe("");
});

test("the configuration file's limits hold", async () => {
  const upstream = await startFixedServer(ok("never"));
  const services = [service("backend", { v1: upstream.port })];
  const sidecar = await startTestSidecar({ services, limits: { maxBodyBytes: 10, maxHeadBytes: 200 } });
  const { status: body } = await rawHttp(
    sidecar.outboundPort,
    "POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 11\r\n\r\nhello world",
  );
  const { status: head } = await rawHttp(
    sidecar.outboundPort,
    `GET / HTTP/1.1\r\nHost: backend\r\nX: ${"y".repeat(200)}\r\n\r\n`,
  );
  expect([body, head]).toEqual([413, 431]);
  expect(upstream.received).toEqual([]);
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
