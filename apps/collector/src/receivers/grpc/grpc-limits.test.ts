import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { encodeLogs } from "@weir/telemetry/otlp";
import { waitFor } from "@weir/testkit";
import { describe, expect, test } from "vitest";
import { maxMessageBytes } from "./grpc-receiver.ts";
import { framed, grpcHead, http2Call, http2Connection } from "./testing/raw-http2.ts";
import { span, tracesOf } from "./testing/sample-traces.ts";
import { exportPath, TestReceiver } from "./testing/test-receiver.ts";

const ok = { code: 0, message: "" };

const receiver = new TestReceiver({ messageTimeoutMs: 60_000 });

describe("hostile senders take no more than may be held", () => {
  test("bombs are cut off while they inflate, many at once, and several in one call", async () => {
    const bomb = framed(gzipSync(Buffer.alloc(maxMessageBytes), { level: 9 }), 1);
    const many = Buffer.concat(Array.from({ length: 10 }, () => bomb));
    const before = process.memoryUsage().rss;
    const session = http2Connection(receiver.port);
    const head = grpcHead(exportPath.logs, { "grpc-encoding": "gzip" });
    const answers = await Promise.all(Array.from({ length: 100 }, () => http2Call(session, head, many)));
    session.destroy();
    expect(new Set(answers.map((answer) => answer["grpc-status"]))).not.toContain("0");
    expect(process.memoryUsage().rss - before).toBeLessThan(192 * 1024 * 1024);
  });

  test("what inflates is held, too", async () => {
    const kept = Promise.withResolvers<void>();
    receiver.keep = () => kept.promise;
    const body = "x".repeat(maxMessageBytes - 100);
    const large = encodeLogs(
      { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: 1n, body }] }] }] },
      "protobuf",
    );
    const session = http2Connection(receiver.port);
    const head = grpcHead(exportPath.logs, { "grpc-encoding": "gzip" });
    const send = () => http2Call(session, head, framed(gzipSync(large), 1));
    const answers = Array.from({ length: 9 }, send);
    expect(await Promise.race(answers)).toMatchObject({ "grpc-status": "8" });
    kept.resolve();
    const statuses = (await Promise.all(answers)).map((answer) => answer["grpc-status"]);
    expect(new Set(statuses)).toEqual(new Set(["0", "8"]));
    session.destroy();
  });

  test("messages that are begun and not ended are held as far as there is room", async () => {
    const session = http2Connection(receiver.port);
    const partial = framed(Buffer.alloc(maxMessageBytes - 1), 0, maxMessageBytes);
    const refused: string[] = [];
    for (let i = 0; i < 30; i++) {
      const stream = session.request(grpcHead(exportPath.logs));
      stream.on("error", () => {});
      stream.on("response", (headers) => refused.push(String(headers["grpc-status"])));
      stream.resume();
      stream.write(partial);
    }
    await waitFor(() => refused.length >= 20, { what: "twenty calls to be refused" });
    expect(new Set(refused)).toEqual(new Set(["8"]));
    expect(receiver.admission.bytes).toBeLessThanOrEqual(32 * 1024 * 1024);
    session.destroy();
    await waitFor(() => receiver.admission.bytes === 0, { what: "what was held to be given back" });
  });
});

describe("where messages have a second to come", () => {
  const impatient = new TestReceiver({ messageTimeoutMs: 1000 });

  test("a sender that keeps its message waiting loses its call", async () => {
    const session = http2Connection(impatient.port);
    const calls = [Buffer.alloc(0), framed(Buffer.alloc(10), 0, 1000)].map(async (begun) => {
      const stream = session.request(grpcHead(exportPath.logs));
      stream.on("error", () => {});
      stream.resume();
      stream.write(begun);
      await once(stream, "close");
      return stream.rstCode;
    });
    expect(await Promise.all(calls)).toEqual([8, 8]);
    session.destroy();
    expect(impatient.answers).toEqual(["logs CANCELLED", "logs CANCELLED"]);
  });
});

describe("stopping", () => {
  test("what is under way is answered, what is new is not taken", async () => {
    const kept = Promise.withResolvers<void>();
    receiver.keep = () => kept.promise;
    const client = receiver.client();
    const underWay = client.call(exportPath.traces, tracesOf(span));
    await waitFor(() => receiver.admission.requests === 1, { what: "the call to be under way" });
    const stopped = receiver.server.stop(5000);
    kept.resolve();
    expect(await underWay).toMatchObject(ok);
    await stopped;
    expect(await client.call(exportPath.traces, tracesOf(span))).toMatchObject({ code: 14 });
  });

  test("a sender that says nothing is sent away at once, one that is slow after the grace period", async () => {
    const session = http2Connection(receiver.port);
    const silent = session.request(grpcHead(exportPath.traces));
    const slow = session.request(grpcHead(exportPath.traces));
    slow.on("error", () => {});
    const answered = once(silent, "response");
    slow.write(framed(Buffer.alloc(10), 0, 1000));
    await waitFor(() => receiver.admission.bytes > 0, { what: "the message to begin" });
    const stopped = receiver.server.stop(100);
    const [headers] = (await answered) as [Record<string, string>];
    expect(headers["grpc-status"]).toBe("14");
    await stopped;
    await waitFor(() => receiver.answers.length === 2, { what: "both calls to end" });
    expect(receiver.answers).toEqual(["traces UNAVAILABLE", "traces CANCELLED"]);
  });
});
