import { constants } from "node:http2";
import { Metadata, status } from "@grpc/grpc-js";
import { freePort, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectGrpc, same, startGrpcApp } from "../testing/grpc-peers.ts";
import { connectHttp2, startHttp2App } from "../testing/http2-peers.ts";
import { service, startTestSidecar } from "../testing/start-test-sidecar.ts";
import { startTestCollector } from "../testing/test-collector.ts";

const workload = { namespace: "shop", service: "backend", version: "v1" };

async function startPath(protocol = "grpc") {
  const app = await startGrpcApp();
  const destination = await startTestSidecar({ app: app.port, workload });
  const source = await startTestSidecar({
    services: [{ ...service("backend", { v1: destination.inboundPort }), protocol }],
  });
  return { app, source, destination, grpc: connectGrpc(source.outboundPort) };
}

test.each(["grpc", "http2", "http"])(
  "a unary call through two sidecars to a service of %s",
  async (protocol) => {
    const { app, grpc, source } = await startPath(protocol);
    const metadata = new Metadata();
    metadata.set("x-sent", "a");
    metadata.set("x-sent-bin", Buffer.from([0, 1, 255]));
    const result = await grpc.call("echo", Buffer.from("hello"), { metadata });
    expect(result).toMatchObject({ code: status.OK, value: Buffer.from("hello") });
    expect(result.head?.get("x-head")).toEqual(["1"]);
    expect(result.tail?.get("x-tail")).toEqual(["2"]);
    expect(result.tail?.get("x-tail-bin")).toEqual([Buffer.from([0, 255])]);
    expect(app.metadata[0]?.get("x-sent")).toEqual(["a"]);
    expect(app.metadata[0]?.get("x-sent-bin")).toEqual([Buffer.from([0, 1, 255])]);
    await expect
      .poll(() => source.page("/metrics"))
      .toContain('destination="backend",version="v1",status="200",flag=""} 1');
  },
);

test("an error of the application keeps its code and its words", async () => {
  const { grpc } = await startPath();
  expect(await grpc.call("fail", Buffer.from("x"))).toMatchObject({
    code: status.FAILED_PRECONDITION,
    details: "not today: é",
  });
});

test("an empty message, and one of 8 MiB", async () => {
  const { grpc } = await startPath();
  const large = Buffer.alloc(8 * 1024 * 1024, "abc");
  expect((await grpc.call("echo", Buffer.alloc(0))).value).toEqual(Buffer.alloc(0));
  expect((await grpc.call("echo", large)).value?.equals(large)).toBe(true);
});

test("100 calls at a time", async () => {
  const { grpc } = await startPath();
  const calls = Array.from({ length: 100 }, (_, i) => grpc.call("echo", Buffer.from(`call ${i}`)));
  const results = await Promise.all(calls);
  expect(results.map(({ value }) => `${value}`)).toEqual(results.map((_, i) => `call ${i}`));
});

test("streams of messages from the caller, from the application, and both ways at once", async () => {
  const { grpc } = await startPath();
  const joined = await new Promise((resolve, reject) => {
    const call = grpc.client.makeClientStreamRequest("/test.Echo/join", same, same, (error, value) =>
      error ? reject(error) : resolve(`${value}`),
    );
    for (const part of ["a", "b", "c"]) call.write(Buffer.from(part));
    call.end();
  });
  expect(joined).toBe("abc");

  const split = grpc.client.makeServerStreamRequest("/test.Echo/split", same, same, Buffer.from("xyz"));
  expect((await split.toArray()).map(String)).toEqual(["x", "y", "z"]);

  const chat = grpc.client.makeBidiStreamRequest("/test.Echo/chat", same, same);
  const heard: string[] = [];
  chat.on("data", (part: Buffer) => void heard.push(`${part}`));
  for (const part of ["one", "two"]) {
    chat.write(Buffer.from(part));
    await waitFor(() => heard.at(-1) === part, { what: `the echo of ${part}` });
  }
  const ended = new Promise((resolve) => chat.on("status", ({ code }) => resolve(code)));
  chat.end();
  expect(await ended).toBe(status.OK);
});

test("a caller that cancels cancels the application's call", async () => {
  const { app, grpc, source } = await startPath();
  const call = grpc.client.makeBidiStreamRequest("/test.Echo/hang", same, same);
  call.on("error", () => undefined);
  call.write(Buffer.from("there?"));
  await new Promise((resolve) => call.once("data", resolve));
  call.cancel();
  await waitFor(() => app.cancelled.length === 1, { what: "the cancellation" });
  await waitFor(async () => (await source.page("/metrics")).includes('flag="DC"} 1'), {
    what: "it to be counted",
  });
});

test("a deadline is passed on, less the time spent, and ends the call where it passes", async () => {
  const { app, grpc, source } = await startPath();
  await grpc.call("echo", Buffer.from("x"), { deadlineMs: 30_000 });
  expect(app.timeoutsMs[0]).toBeLessThanOrEqual(30_000);
  expect(app.timeoutsMs[0]).toBeGreaterThan(25_000);
  const late = await grpc.call("hang", Buffer.from("x"), { deadlineMs: 150 });
  expect(late.code).toBe(status.DEADLINE_EXCEEDED);
  await waitFor(() => app.cancelled.length === 1, { what: "the application's call to be cancelled" });
  // The caller, either sidecar and the application know the deadline, and whoever sees it pass first ends the call.
  await expect.poll(() => source.page("/metrics")).toMatch(/flag="(UT|DC)"} 1\n|flag=""} 2\n/);
});

test("a caller that waits longer than it said is told DEADLINE_EXCEEDED by the sidecar", async () => {
  let resetCode: number | undefined;
  const silent = await startHttp2App((stream) => {
    stream.respond({ ":status": 200, "content-type": "application/grpc" });
    stream.on("close", () => {
      resetCode = stream.rstCode;
    });
  });
  const source = await startTestSidecar({
    services: [{ ...service("backend", { v1: silent.port }), protocol: "grpc" }],
  });
  const client = await connectHttp2(source.outboundPort);
  const headers = {
    ":method": "POST",
    "content-type": "application/grpc",
    te: "trailers",
    "grpc-timeout": "100m",
  };
  const answer = await client.ask({ ...headers, ":path": "/test.Echo/hang" }, { parts: [Buffer.alloc(5)] });
  expect(answer).toMatchObject({
    headers: { ":status": 200 },
    trailers: { "grpc-status": "4" },
    resetCode: 0,
  });
  await waitFor(() => resetCode === constants.NGHTTP2_CANCEL, {
    what: "the upstream's call to be cancelled",
  });
  await expect.poll(() => source.page("/metrics")).toContain('flag="UT"} 1');
});

test("what the sidecar answers itself is a status of gRPC: nobody there, and no such host", async () => {
  const sidecar = await startTestSidecar({
    services: [
      { ...service("backend", { v1: await freePort() }), protocol: "grpc" },
      { ...service("empty", {}), protocol: "grpc" },
    ],
  });
  const gone = await connectGrpc(sidecar.outboundPort).call("echo", Buffer.from("x"));
  expect(gone).toMatchObject({ code: status.UNAVAILABLE });
  expect(gone.details).toMatch(/cannot connect/);
  const empty = await connectGrpc(sidecar.outboundPort, "empty").call("echo", Buffer.from("x"));
  expect(empty).toMatchObject({ code: status.UNAVAILABLE });
});

test("the status of a call is in its access log and its span, and its protocol in both", async () => {
  const collector = await startTestCollector();
  const app = await startGrpcApp();
  const sidecar = await startTestSidecar(
    {
      services: [{ ...service("backend", { v1: app.port }), protocol: "grpc" }],
      telemetry: { otlp: collector.origin, traceSampling: 1 },
    },
    { exportIntervalMs: 50 },
  );
  const grpc = connectGrpc(sidecar.outboundPort);
  await grpc.call("echo", Buffer.from("x"));
  await grpc.call("fail", Buffer.from("x"));
  await waitFor(() => collector.spans.length === 2 && collector.logs.length === 2, { what: "the telemetry" });
  for (const records of [collector.spans, collector.logs]) {
    const attributes = records.map((record) => record.attributes);
    expect(attributes.map((some) => some["rpc.grpc.status_code"])).toEqual([0, 9]);
    expect(attributes.map((some) => some["network.protocol.name"])).toEqual(["grpc", "grpc"]);
    expect(attributes.map((some) => some["http.response.status_code"])).toEqual([200, 200]);
  }
});
