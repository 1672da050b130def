import { once } from "node:events";
import { constants } from "node:http2";
import { gzipSync } from "node:zlib";
import { waitFor } from "@weir/testkit";
import { expect, test } from "vitest";
import { Refusal } from "../refusal.ts";
import { maxMessageBytes } from "./grpc-receiver.ts";
import { framed, grpcHead, http2Call, http2Connection } from "./testing/raw-http2.ts";
import { span, tracesOf } from "./testing/sample-traces.ts";
import { exportPath, TestReceiver } from "./testing/test-receiver.ts";

const ok = { code: 0, message: "" };

const receiver = new TestReceiver();

const body = framed(tracesOf(span));
const truncated = gzipSync(tracesOf(span)).subarray(0, 20);
const empty = Buffer.alloc(0);

test.each`
  head                                            | sent                                   | status  | why
  ${{}}                                           | ${body}                                | ${"0"}  | ${"a message"}
  ${{ "grpc-encoding": "deflate" }}               | ${body}                                | ${"0"}  | ${"a message that is not compressed, though it might be"}
  ${{ "content-type": "application/grpc+proto" }} | ${body}                                | ${"0"}  | ${"the longer content type"}
  ${{ "grpc-encoding": "gzip" }}                  | ${framed(gzipSync(tracesOf(span)), 1)} | ${"0"}  | ${"a compressed message"}
  ${{ "grpc-encoding": "gzip" }}                  | ${framed(truncated, 1)}                | ${"3"}  | ${"half of a compressed message"}
  ${{ "grpc-encoding": "gzip" }}                  | ${framed(Buffer.from("not gzip"), 1)}  | ${"3"}  | ${"what is not compressed as it says"}
  ${{}}                                           | ${framed(gzipSync(tracesOf(span)), 1)} | ${"3"}  | ${"compression that nobody named"}
  ${{}}                                           | ${framed(tracesOf(span), 7)}           | ${"3"}  | ${"a flag that does not exist"}
  ${{}}                                           | ${body.subarray(0, 20)}                | ${"3"}  | ${"an end within a message"}
  ${{}}                                           | ${body.subarray(0, 3)}                 | ${"3"}  | ${"an end within a message's head"}
  ${{}}                                           | ${framed(empty, 0, 0xffff_ffff)}       | ${"8"}  | ${"a length of 4 GiB"}
  ${{ "grpc-encoding": "br" }}                    | ${body}                                | ${"12"} | ${"a coding that is not here"}
  ${{}}                                           | ${empty}                               | ${"12"} | ${"no message"}
  ${{}}                                           | ${Buffer.concat([body, body])}         | ${"12"} | ${"two messages"}
`("$why: $status", async ({ head, sent, status }) => {
  const session = http2Connection(receiver.port);
  const answer = await http2Call(session, grpcHead(exportPath.traces, head), sent);
  session.destroy();
  expect(answer).toMatchObject({
    ":status": 200,
    "content-type": "application/grpc",
    "grpc-status": status,
  });
  expect(answer["grpc-accept-encoding"]).toBe("identity,gzip,deflate");
  expect(receiver.taken).toHaveLength(status === "0" ? 1 : 0);
  expect(receiver.faults).toEqual([]);
});

test.each`
  head                                          | status
  ${{ ":method": "PUT" }}                       | ${405}
  ${{ "content-type": "application/json" }}     | ${415}
  ${{ "content-type": "application/grpc-web" }} | ${415}
`("$head is no call: $status", async ({ head, status }) => {
  const session = http2Connection(receiver.port);
  const answer = await http2Call(session, grpcHead(exportPath.traces, head), Buffer.alloc(0));
  session.destroy();
  expect(answer[":status"]).toBe(status);
});

test.each(["connection", "call"])(
  "a sender whose %s ends in the middle of its message leaves nothing behind",
  async (what) => {
    const session = http2Connection(receiver.port);
    const stream = session.request(grpcHead(exportPath.traces));
    stream.on("error", () => {});
    stream.write(framed(Buffer.alloc(10), 0, 1000));
    await waitFor(() => receiver.admission.bytes > 0, { what: "the message to begin" });
    if (what === "call") stream.destroy(new Error("gone"));
    else session.destroy();
    await waitFor(() => receiver.answers.length > 0, { what: "the call to end" });
    session.destroy();
    expect([receiver.answers, receiver.taken]).toEqual([["traces CANCELLED"], []]);
  },
);

test("what was whole before its sender went is kept", async () => {
  const kept = Promise.withResolvers<void>();
  receiver.keep = async (request) => {
    await kept.promise;
    receiver.taken.push(request);
  };
  const session = http2Connection(receiver.port);
  const stream = session.request(grpcHead(exportPath.traces));
  stream.on("error", () => {});
  stream.end(body);
  await waitFor(() => receiver.admission.requests === 1, { what: "the request to be under way" });
  stream.close(constants.NGHTTP2_CANCEL);
  await once(stream, "close");
  kept.resolve();
  await waitFor(() => receiver.answers.length > 0, { what: "the call to end" });
  session.destroy();
  expect(receiver.taken).toHaveLength(1);
});

test("what speaks no HTTP/2 disturbs nobody", async () => {
  const response = await fetch(`http://127.0.0.1:${receiver.port}/`).catch((error: Error) => error);
  expect(response).toBeInstanceOf(Error);
  expect(await receiver.client().call(exportPath.traces, tracesOf(span))).toMatchObject(ok);
});

test("a sender that does not stop when it is refused is reset, and its connection serves on", async () => {
  receiver.mayReceive = () => {
    throw new Refusal("overloaded", "full");
  };
  const session = http2Connection(receiver.port);
  const stream = session.request(grpcHead(exportPath.traces));
  const closed = once(stream, "close");
  const [answer] = (await Promise.all([
    once(stream, "response"),
    stream.write(framed(Buffer.alloc(100_000), 0, maxMessageBytes)),
  ])) as [[Record<string, string>], boolean];
  expect(answer[0]["grpc-status"]).toBe("8");
  await closed;
  expect(stream.rstCode).toBe(0);
  receiver.mayReceive = () => {};
  const next = await http2Call(session, grpcHead(exportPath.traces), body);
  session.destroy();
  expect(next["grpc-status"]).toBe("0");
});
