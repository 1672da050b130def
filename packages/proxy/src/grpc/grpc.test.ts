import { Metadata, status } from "@grpc/grpc-js";
import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectGrpc, same, startGrpcApp } from "../testing/grpc-peers.ts";
import { service, startTestSidecar } from "../testing/start-test-sidecar.ts";

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
    expect(await source.page("/metrics")).toContain(
      'destination="backend",version="v1",status="200",flag=""} 1',
    );
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
