import type { ServerHttp2Stream } from "node:http2";
import { text } from "node:stream/consumers";
import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectHttp2, type Http2Client, startHttp2App } from "./testing/http2-peers.ts";
import { service, startTestSidecar, type TestSidecar } from "./testing/start-test-sidecar.ts";

type Answer = (stream: ServerHttp2Stream) => void;

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly trailers: Readonly<Record<string, unknown>> | undefined;
}

/** Under one enforced rule, a service of gRPC that answers requests with these in turn, and the last for ever. */
async function startUnder(rule: Record<string, unknown>, ...answers: readonly Answer[]) {
  const received: Received[] = [];
  const serve = async (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>) => {
    let trailers: Readonly<Record<string, unknown>> | undefined;
    stream.on("trailers", (some) => {
      trailers = some;
    });
    const body = await text(stream);
    received.push({ headers, body, trailers });
    (answers[received.length - 1] ?? answers.at(-1))?.(stream);
  };
  const app = await startHttp2App((stream, headers) => void serve(stream, headers));
  const sidecar = await startTestSidecar({
    mode: "enforce",
    services: [
      { ...service("backend", { v1: app.port, v2: app.port }), protocol: "grpc", stableVersion: "v1" },
    ],
    policies: [{ kind: "route", name: "r", targetRef: "backend", rules: [rule] }],
  });
  return { sidecar, received, client: await connectHttp2(sidecar.outboundPort) };
}

const unavailable: Answer = (stream) =>
  stream.respond(
    { ":status": 200, "content-type": "application/grpc", "grpc-status": "14" },
    { endStream: true },
  );

const endingWith =
  (status: string): Answer =>
  (stream) => {
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": status }));
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.end("message");
  };

const call = (client: Http2Client, more: Record<string, string> = {}) =>
  client.ask(
    { ":method": "POST", "content-type": "application/grpc", te: "trailers", ...more },
    { parts: ["ab", "cd"] },
  );

const retry = { retry: { on: ["unavailable"], attempts: 2, backOff: { baseMs: 1 } } };

test.each`
  more                         | why
  ${{}}                        | ${"without a deadline"}
  ${{ "grpc-timeout": "10S" }} | ${"within its caller's deadline"}
`("a call whose status stands in the head is tried again, $why", async ({ more }) => {
  const { client, received } = await startUnder({ ...retry, timeoutMs: 5_000 }, unavailable, endingWith("0"));
  const answer = await call(client, more);
  expect(answer).toMatchObject({ body: "message", trailers: { "grpc-status": "0" } });
  expect(received.map(({ body }) => body)).toEqual(["abcd", "abcd"]);
});

test("a status in the trailers comes too late for that", async () => {
  const { client, received } = await startUnder(retry, endingWith("14"));
  expect(await call(client)).toMatchObject({ body: "message", trailers: { "grpc-status": "14" } });
  expect(received).toHaveLength(1);
});

test("a call under a timeout ends with gRPC's own status for that", async () => {
  const { client } = await startUnder({ timeoutMs: 50 }, () => undefined);
  expect((await call(client)).headers).toMatchObject({ ":status": 200, "grpc-status": "4" });
});

test("a call is aborted by a fault with the status that the fault names", async () => {
  const fault = { abort: { grpcStatus: 8, percent: 100 } };
  const { client, received } = await startUnder({ fault }, endingWith("0"));
  expect((await call(client)).headers).toMatchObject({ "grpc-status": "8", "x-weir-response-flag": "FI" });
  expect(received).toEqual([]);
});

test("a delay beyond the caller's deadline is not followed by a request", async () => {
  const { client, received, sidecar } = await startUnder(
    { fault: { delay: { ms: 120, percent: 100 } } },
    endingWith("0"),
  );
  expect((await call(client, { "grpc-timeout": "30m" })).headers).toMatchObject({ "grpc-status": "4" });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(received).toEqual([]);
  await answered(sidecar, 1);
});

test("body and trailers of a request are sent again, and copied for a mirror", async () => {
  const { client, received } = await startUnder(
    { retry: { ...retry.retry, on: [503] }, mirror: { version: "v2" } },
    (stream) => stream.respond({ ":status": 503 }, { endStream: true }),
    endingWith("0"),
  );
  const request = { parts: ["ab", "cd"], trailers: { "x-sum": "4" } };
  const answer = await client.ask({ ":method": "POST", "content-type": "text/plain" }, request);
  expect([answer.headers[":status"], answer.body]).toEqual([200, "message"]);
  await waitFor(() => received.length === 3, { what: "both tries and the copy" });
  for (const { body, trailers } of received) expect([body, trailers?.["x-sum"]]).toEqual(["abcd", "4"]);
  const hosts = received.map(({ headers }) => headers[":authority"]).sort();
  expect(hosts).toEqual(["backend", "backend", "backend-shadow"]);
});

async function answered(sidecar: TestSidecar, count: number) {
  await waitFor(async () => (await sidecar.page("/metrics")).includes(`flag="UT"} ${count}`), {
    what: "the request to be counted",
  });
}

test("a caller by HTTP/2 that calls off its request in a delay leaves nothing behind", async () => {
  const delay = { ms: 60_000, percent: 100 };
  const { client, received, sidecar } = await startUnder({ fault: { delay } }, endingWith("0"));
  const stream = client.session.request({ ":method": "POST", ":authority": "backend", ":path": "/" });
  stream.on("error", () => undefined);
  stream.write("part");
  await waitFor(async () => (await sidecar.page("/metrics")).includes("weir_proxy_requests_in_flight 1"), {
    what: "the request",
  });
  stream.close(8);
  await waitFor(async () => (await sidecar.page("/metrics")).includes('flag="DC"} 1'), {
    what: "the end of it",
  });
  expect(received).toEqual([]);
});
