import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { ask, connectTo, inParallel } from "./testing/ask.ts";
import { startRecordingServer } from "./testing/start-recording-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const requests: Record<string, { text: string; body: string }> = {
  get: { text: "GET /get HTTP/1.1\r\nHost: backend\r\nX: y\r\n\r\n", body: "" },
  absolute: { text: "GET http://backend/absolute HTTP/1.1\r\nHost: other\r\n\r\n", body: "" },
  length: {
    text: "POST /length HTTP/1.1\r\nHost: backend\r\nContent-Length: 10\r\n\r\n0123456789",
    body: "0123456789",
  },
  chunked: {
    text:
      "POST /chunked HTTP/1.1\r\nHost: backend\r\nTransfer-Encoding: chunked\r\n\r\n" +
      "5;note=x\r\nhello\r\n5\r\nworld\r\n0\r\nX-Sum: 15\r\n\r\n",
    body: "helloworld",
  },
  expecting: {
    text: "PUT /expecting HTTP/1.1\r\nHost: backend\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
    body: "abc",
  },
};

interface Case {
  readonly name: string;
  readonly sent: string;
  readonly whole: boolean;
}

const cases: Case[] = Object.entries(requests).flatMap(([name, { text }]) =>
  Array.from({ length: text.length + 1 }, (_, bytes) => ({
    name,
    sent: text.slice(0, bytes),
    whole: bytes === text.length,
  })),
);

test("a caller that ends at any byte of its request: no part of it is passed off as a whole one", async () => {
  const app = await startRecordingServer();
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  const wrong: string[] = [];
  await inParallel(cases, 32, async ({ name, sent, whole }) => {
    const socket = await connectTo(sidecar.outboundPort);
    const asked = ask(socket, sent, () => false);
    socket.end();
    const { text, state } = await asked;
    const inBody = sent.includes("\r\n\r\n") && !whole;
    const answers = text.replaceAll("HTTP/1.1 100 Continue\r\n\r\n", "");
    const right = whole
      ? /^HTTP\/1\.1 200 [\s\S]*ok/
      : inBody
        ? /^HTTP\/1\.1 400 /
        : /^(?:HTTP\/1\.1 400 [\s\S]*)?$/;
    if (!right.test(answers) || state !== "end")
      wrong.push(`${name} after ${sent.length}: ${state} ${answers}`);
  });
  expect(wrong).toEqual([]);
  await expectOnlyWholeOnes(app, sidecar.page);
  expect(app.whole).toHaveLength(Object.keys(requests).length);
});

test("a caller that resets at any byte of its request takes it along", async () => {
  const app = await startRecordingServer();
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: app.port })] });
  await inParallel(cases, 32, async ({ sent }) => {
    const socket = await connectTo(sidecar.outboundPort);
    await new Promise<void>((resolve) => void socket.write(sent, "latin1", () => resolve()));
    socket.resetAndDestroy();
  });
  await expectOnlyWholeOnes(app, sidecar.page);
  const socket = await connectTo(sidecar.outboundPort);
  const { text } = await ask(socket, "GET /after HTTP/1.1\r\nHost: backend\r\n\r\n", (so) =>
    so.endsWith("ok"),
  );
  socket.destroy();
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
});

async function expectOnlyWholeOnes(
  app: Awaited<ReturnType<typeof startRecordingServer>>,
  page: (path: string) => Promise<string>,
): Promise<void> {
  await waitFor(
    async () => {
      const metrics = await page("/metrics");
      return (
        metrics.includes("weir_proxy_requests_in_flight 0\n") &&
        metrics.includes("weir_proxy_connections 0\n")
      );
    },
    { what: "everything to be over" },
  );
  for (const { target, body } of app.whole) expect(body, target).toBe(requests[target.slice(1)]?.body);
  const seen = app.whole.map(({ target }) => target);
  expect(seen.length, String(seen)).toBe(new Set(seen).size);
  expect(app.malformed).toEqual([]);
}
