import type { Socket } from "node:net";
import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { flagOf } from "./testing/ask.ts";
import {
  heldBack,
  heldBackBelow,
  patternBytes,
  patternHash,
  readPattern,
  sendPattern,
} from "./testing/pattern.ts";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startRawServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const get = "GET / HTTP/1.1\r\nHost: backend\r\n\r\n";
test("a caller that does not read holds the upstream back, and gets every byte once it reads", async () => {
  let progress = { sent: 0 };
  const upstream = await startRawServer((_text, socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${patternBytes}\r\n\r\n`);
    progress = sendPattern(socket);
    return undefined;
  });
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.socket.pause();
  client.send(get);
  await waitFor(() => progress.sent > 0, { what: "the answer to begin" });
  expect(await heldBack(progress)).toBeLessThan(heldBackBelow);
  const hash = readPattern(client.socket);
  client.socket.resume();
  expect(await hash).toBe(patternHash());
});

test("an upstream that does not read holds the caller back, and gets every byte once it reads", async () => {
  let hash: Promise<string> | undefined;
  const upstream = await startRawServer((text, socket) => {
    hash ??= readPattern(socket, text);
    socket.pause();
    return undefined;
  });
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(`POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: ${patternBytes}\r\n\r\n`);
  await waitFor(() => upstream.sockets[0]?.isPaused(), { what: "the request" });
  const progress = sendPattern(client.socket);
  expect(await heldBack(progress)).toBeLessThan(heldBackBelow);
  upstream.sockets[0]?.resume();
  expect(await hash).toBe(patternHash());
  upstream.sockets[0]?.write(ok("got it"));
  await client.until(/got it$/);
});

test("many at once, both ways, of bytes that drip and bytes that rush: everybody gets their own", async () => {
  const upstream = await startRawServer((text, socket) => echoChunks(text, socket));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const head = "POST / HTTP/1.1\r\nHost: backend\r\nTransfer-Encoding: chunked\r\n\r\n";
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      const client = await connectRaw(sidecar.outboundPort);
      const body = chunksOf(n);
      const pieceBytes = n % 2 === 0 ? 7 : 100_000;
      for (let at = 0; at < head.length + body.length; at += pieceBytes) {
        client.send((head + body).slice(at, at + pieceBytes));
        if (at % 70 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await waitFor(() => client.text.endsWith("\r\n0\r\n\r\n"), { what: `the answer to ${n}` });
      const answered = client.text.slice(client.text.indexOf("\r\n\r\n") + 4);
      expect(answered === body, `the bytes of ${n}`).toBe(true);
    }),
  );
});

/** Each caller's chunks are of a letter of its own; every tenth caller has much to say. */
function chunksOf(n: number): string {
  const chunk = String.fromCharCode(97 + (n % 26)).repeat(n % 10 === 1 ? 50_000 : 100 + n);
  return `${`${chunk.length.toString(16)};n=${n}\r\n${chunk}\r\n`.repeat(n % 10 === 1 ? 20 : 4)}0\r\n\r\n`;
}

/** Sends a chunked body back as it comes. */
function echoChunks(text: string, socket: Socket): string | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  socket.removeAllListeners("data").on("data", (bytes) => socket.write(bytes));
  return `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${text.slice(end + 4)}`;
}

test("an answer that drips byte by byte arrives as it was sent", async () => {
  const answer = `HTTP/1.1 103 Early Hints\r\n\r\n${ok("drop by drop", "X: y\r\n")}`;
  const upstream = await startRawServer((_text, socket) => {
    const drip = (at: number): void => {
      socket.write(answer.charAt(at), () => at + 1 < answer.length && setImmediate(drip, at + 1));
    };
    drip(0);
    return undefined;
  });
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(get);
  await client.until(/drop by drop$/);
  expect(client.text).toBe(answer);
});

test("a head that drips steadily is cut off all the same: 408, counted", async () => {
  const sidecar = await startTestSidecar({}, { limits: { headTimeoutMs: 400 } });
  const client = await connectRaw(sidecar.outboundPort);
  const started = performance.now();
  client.send("GET / HTTP/1.1\r\nX: ");
  const drip = setInterval(() => client.socket.writable && client.send("x"), 20);
  const text = await client.untilClosed();
  clearInterval(drip);
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  // Unless told otherwise it would be 10 s.
  expect(performance.now() - started).toBeLessThan(8_000);
  await expect
    .poll(() => sidecar.page("/metrics"))
    .toContain('weir_proxy_parse_rejects_total{reason="head-timeout"} 1');
});

test("a body that stops coming: 408, and the upstream's request breaks off", async () => {
  const upstream = await startRawServer(() => undefined);
  const services = [service("backend", { v1: upstream.port })];
  const limits = { streamIdleTimeoutMs: 400, bodyWindowMs: 400, minBodyBytesPerSecond: 100 };
  const sidecar = await startTestSidecar({ services }, { limits });
  const client = await connectRaw(sidecar.outboundPort);
  client.send("POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 10\r\n\r\nhalf");
  expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 408 /);
  await waitFor(() => upstream.sockets[0]?.destroyed || upstream.sockets[0]?.readableEnded, {
    what: "the upstream to be told",
  });
});

test("a body of known length that drips below the least rate: 408", async () => {
  const upstream = await startRawServer(() => undefined);
  const services = [service("backend", { v1: upstream.port })];
  const sidecar = await startTestSidecar(
    { services },
    { limits: { bodyWindowMs: 400, minBodyBytesPerSecond: 1000 } },
  );
  const client = await connectRaw(sidecar.outboundPort);
  client.send("POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 100000\r\n\r\n");
  const drip = setInterval(() => client.socket.writable && client.send("x"), 20);
  const text = await client.untilClosed();
  clearInterval(drip);
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
});

test("a caller that takes no byte of its answer is given up, and its upstream with it", async () => {
  const upstream = await startRawServer((_text, socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${patternBytes}\r\n\r\n`);
    sendPattern(socket);
    return undefined;
  });
  const services = [service("backend", { v1: upstream.port })];
  const sidecar = await startTestSidecar({ services }, { limits: { streamIdleTimeoutMs: 400 } });
  const client = await connectRaw(sidecar.outboundPort);
  client.socket.pause();
  client.send(get);
  await waitFor(() => upstream.sockets[0]?.destroyed, { what: "the upstream's connection to break" });
  await waitFor(async () => (await sidecar.page("/metrics")).includes("weir_proxy_requests_in_flight 0\n"), {
    what: "the request to be over",
  });
});

test("an upstream that takes no byte of a request: 504 UT", async () => {
  const upstream = await startRawServer((_text, socket) => void socket.pause());
  const services = [service("backend", { v1: upstream.port })];
  const sidecar = await startTestSidecar({ services }, { limits: { streamIdleTimeoutMs: 400 } });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(`POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: ${patternBytes}\r\n\r\n`);
  sendPattern(client.socket);
  const text = await client.untilClosed();
  expect([text.slice(9, 12), flagOf(text)]).toEqual(["504", "UT"]);
});
