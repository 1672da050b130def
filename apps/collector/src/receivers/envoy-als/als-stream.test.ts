import { waitFor } from "@weir/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProcessedRequest } from "../../processors/process-request.ts";
import { damaged } from "../grpc/testing/damage.ts";
import { framed, grpcHead, http2Call, http2Connection } from "../grpc/testing/raw-http2.ts";
import { TestReceiver } from "../grpc/testing/test-receiver.ts";
import { Refusal } from "../refusal.ts";
import { AlsClient, alsPath } from "./testing/als-client.ts";
import { knownMessage } from "./testing/known-message.ts";

const receiver = new TestReceiver({ patienceMs: 1500 });

const identifier = { node: { id: "node-1", cluster: "web" }, logName: "log" };
const startTime = 1_764_000_000_000_000_000n;
const entry = {
  commonProperties: { startTime, upstreamCluster: "backend", duration: 5_000_000n },
  request: { requestMethod: 1, path: "/" },
  response: { responseCode: 200 },
};
const httpLogs = (count = 1) => ({ httpLogs: { logEntry: Array.from({ length: count }, () => entry) } });
const tcpLogs = { tcpLogs: { logEntry: [{ commonProperties: entry.commonProperties }] } };

const requestsOf = (taken: readonly ProcessedRequest[]): number =>
  taken.reduce((sum, { rows }) => sum + rows.edgePoints.reduce((all, point) => all + point.requests, 0), 0);
const logsOf = (taken: readonly ProcessedRequest[]): number =>
  taken.reduce((sum, { rows }) => sum + rows.accessLogs.length, 0);

test("what a real Envoy says is in the access log and on the map", async () => {
  const client = new AlsClient(receiver.port);
  client.send(knownMessage);
  expect(await client.end()).toBe("0");
  const productpage = { namespace: "shop", service: "productpage", version: "v1" };
  const to = (namespace: string, service: string, version: string) => ({ namespace, service, version });
  const reviews = to("shop", "reviews", "v2");
  const logs = receiver.taken.flatMap(({ rows }) => rows.accessLogs);
  expect(
    logs.every(({ reporter, traceId }) => reporter === "source" && traceId?.startsWith("0af76519")),
  ).toBe(true);
  expect(
    logs.map(({ source, destination, method, path, host, status, flag, durationNs, requestBytes }) => [
      ...[source, destination, method, path, host, status, flag],
      ...[Number(durationNs) / 1e6, Number(requestBytes)],
    ]),
  ).toEqual([
    [productpage, reviews, "POST", "/reviews/1", "reviews", 200, "", expect.closeTo(12.5, 0), 5],
    [productpage, reviews, "GET", "/rewrite/a", "127.0.0.1", 200, "", expect.closeTo(9, -1), 0],
    [productpage, reviews, "GET", "/reviews/fail", "127.0.0.1", 503, "URX", expect.closeTo(22, -1), 0],
    [productpage, to("shop", "down", ""), "GET", "/down", "127.0.0.1", 503, "UF", expect.closeTo(0.5, 0), 0],
    [
      productpage,
      to("", "passthrough", ""),
      "GET",
      "/missing",
      "127.0.0.1",
      404,
      "NR",
      expect.any(Number),
      0,
    ],
  ]);
  const edges = receiver.taken.flatMap(({ rows }) => rows.edgePoints);
  expect(
    edges.map((edge) => [edge.destination.service, edge.method, edge.statusClass, edge.flag, edge.requests]),
  ).toEqual([
    ["reviews", "POST", 2, "", 1],
    ["reviews", "GET", 2, "", 1],
    ["reviews", "GET", 5, "URX", 1],
    ["down", "GET", 5, "UF", 1],
    ["passthrough", "GET", 4, "NR", 1],
  ]);
  expect(receiver.taken.every(({ rejections }) => rejections.total === 0)).toBe(true);
  expect([receiver.accessLogs, receiver.dropped, receiver.answers]).toEqual([5, [], ["access_logs OK"]]);
});

test("the first message says who speaks, those after it are of the same", async () => {
  const client = new AlsClient(receiver.port);
  client.send({ identifier, ...httpLogs() });
  client.send(httpLogs(3));
  client.send(tcpLogs);
  expect(await client.end()).toBe("0");
  const logs = receiver.taken.flatMap(({ rows }) => rows.accessLogs);
  expect(logs.map(({ source, protocol }) => [source.service, protocol])).toEqual([
    ...Array(4).fill(["web", "http"]),
    ["web", "tcp"],
  ]);
  expect(requestsOf(receiver.taken)).toBe(5);
});

test("while one batch is being kept the next is gathered", async () => {
  const kept = Promise.withResolvers<void>();
  receiver.keep = async (request) => {
    await kept.promise;
    receiver.taken.push(request);
  };
  const client = new AlsClient(receiver.port);
  client.send({ identifier, ...httpLogs() });
  for (let i = 0; i < 20; i++) client.send(httpLogs());
  await waitFor(() => receiver.admission.bytes > 20 * 20, { what: "all messages to be read" });
  // One batch on its way, one that waits, and at most the message that is being read.
  expect(receiver.admission.requests).toBeLessThanOrEqual(3);
  kept.resolve();
  expect(await client.end()).toBe("0");
  expect(requestsOf(receiver.taken)).toBe(21);
  expect(receiver.taken.length).toBeLessThanOrEqual(6);
});

test("a stream is read no further while five thousand of its records wait", async () => {
  const kept = Promise.withResolvers<void>();
  receiver.keep = async (request) => {
    await kept.promise;
    receiver.taken.push(request);
  };
  const client = new AlsClient(receiver.port);
  client.send({ identifier, ...httpLogs() });
  for (let i = 0; i < 20; i++) client.send(httpLogs(1000));
  await waitFor(() => receiver.accessLogs === 1 && receiver.admission.requests === 2, {
    what: "a batch to wait",
  });
  kept.resolve();
  expect(await client.end()).toBe("0");
  expect(requestsOf(receiver.taken)).toBe(20_001);
  const largest = Math.max(...receiver.taken.map(({ rows }) => rows.accessLogs.length));
  expect([largest >= 5000, largest <= 6000]).toEqual([true, true]);
});

test("nor while four megabytes of its messages do", async () => {
  const kept = Promise.withResolvers<void>();
  receiver.keep = async (request) => {
    await kept.promise;
    receiver.taken.push(request);
  };
  const large = { ...entry, request: { requestMethod: 1, path: "x".repeat(1024 * 1024) } };
  const client = new AlsClient(receiver.port);
  client.send({ identifier, ...httpLogs() });
  for (let i = 0; i < 12; i++) client.send({ httpLogs: { logEntry: [large] } });
  await waitFor(() => receiver.admission.bytes > 4 * 1024 * 1024, { what: "four messages to wait" });
  expect(receiver.admission.bytes).toBeLessThan(6 * 1024 * 1024);
  kept.resolve();
  expect(await client.end()).toBe("0");
  expect(requestsOf(receiver.taken)).toBe(13);
  expect(Math.max(...receiver.taken.map(({ rows }) => rows.accessLogs.length))).toBeLessThanOrEqual(5);
});

describe("while nothing can be taken", () => {
  const away = () => {
    throw new Refusal("unavailable", "the database is away");
  };

  test("a stream waits, and nothing is lost", async () => {
    let refused = 0;
    receiver.mayReceive = () => {
      if (++refused < 3) away();
    };
    const client = new AlsClient(receiver.port);
    client.send({ identifier, ...httpLogs(7) });
    expect(await client.end()).toBe("0");
    expect([requestsOf(receiver.taken), receiver.dropped]).toEqual([7, []]);
  });

  test("a message that has waited for too long is dropped and counted, what is told later comes through", async () => {
    const client = new AlsClient(receiver.port);
    client.send({ identifier, ...httpLogs() });
    await waitFor(() => receiver.taken.length === 2, { what: "the first message to be kept" });
    receiver.mayReceive = away;
    client.send(httpLogs(100));
    await waitFor(() => receiver.dropped.length === 1, { what: "a message to be dropped" });
    receiver.mayReceive = () => {};
    client.send(httpLogs(2));
    expect(await client.end()).toBe("0");
    expect([requestsOf(receiver.taken), receiver.dropped]).toEqual([3, ["1 messages unavailable"]]);
  });

  test("what was read is kept at the next try", async () => {
    let tries = 0;
    receiver.keep = async (request) => {
      if (++tries <= 3) throw new Refusal("overloaded", "full");
      receiver.taken.push(request);
    };
    const client = new AlsClient(receiver.port);
    client.send({ identifier, ...httpLogs(2) });
    expect(await client.end()).toBe("0");
    expect([requestsOf(receiver.taken), logsOf(receiver.taken), receiver.dropped]).toEqual([2, 2, []]);
  });

  test("what was read and cannot be kept is dropped and counted", async () => {
    receiver.keep = async () => away();
    const client = new AlsClient(receiver.port);
    client.send({ identifier, ...httpLogs(2) });
    expect(await client.end()).toBe("0");
    expect(receiver.dropped.sort()).toEqual(["2 logs unavailable", "2 metrics unavailable"]);
  });
});

test("what the database refuses is dropped at once, a fault is reported", async () => {
  receiver.keep = async ({ signal }) => {
    throw signal === "logs" ? new Refusal("refusedByDatabase", "no") : new Error("bug");
  };
  const client = new AlsClient(receiver.port);
  client.send({ identifier, ...httpLogs(2) });
  expect(await client.end()).toBe("0");
  expect(receiver.dropped.sort()).toEqual(["2 logs refused", "2 metrics internal"]);
  expect(receiver.faults.map(String)).toEqual(["Error: bug"]);
});

test.each`
  sent                                   | status | dropped                   | why
  ${httpLogs()}                          | ${"3"} | ${"1 messages malformed"} | ${"nobody says whose it is"}
  ${Buffer.from("no protobuf")}          | ${"3"} | ${"1 messages malformed"} | ${"no message"}
  ${{ identifier, ...httpLogs(10_001) }} | ${"3"} | ${"1 messages malformed"} | ${"too many entries"}
  ${Buffer.alloc(4 * 1024 * 1024 + 1)}   | ${"8"} | ${"1 messages too_large"} | ${"too large a message"}
`("a stream ends where $why", async ({ sent, status, dropped }) => {
  const client = new AlsClient(receiver.port);
  client.send(sent);
  expect(await client.status).toBe(status);
  client.session.destroy();
  expect([receiver.dropped, receiver.taken]).toEqual([[dropped], []]);
});

test("entries of requests that go on are not counted, and an empty stream is none", async () => {
  const client = new AlsClient(receiver.port);
  const commonProperties = { ...entry.commonProperties, accessLogType: 5, intermediateLogEntry: true };
  client.send({ identifier, httpLogs: { logEntry: [{ ...entry, commonProperties }] } });
  client.send({});
  expect(await client.end()).toBe("0");
  expect([receiver.taken, receiver.accessLogs, receiver.dropped]).toEqual([[], 0, []]);
});

test("a proxy that is killed loses what it had not sent whole, and nothing else", async () => {
  const client = new AlsClient(receiver.port);
  client.send({ identifier, ...httpLogs(3) });
  client.write(framed(Buffer.alloc(10), 0, 1000));
  await waitFor(() => requestsOf(receiver.taken) === 3, { what: "the whole message to be kept" });
  client.session.destroy();
  await waitFor(() => receiver.answers.length === 1, { what: "the stream to end" });
  expect([receiver.answers, receiver.dropped]).toEqual([["access_logs CANCELLED"], []]);
});

test("a collector that stops keeps what it has read and sends its streams elsewhere", async () => {
  const kept = Promise.withResolvers<void>();
  receiver.keep = async (request) => {
    await kept.promise;
    receiver.taken.push(request);
  };
  const client = new AlsClient(receiver.port);
  client.send({ identifier, ...httpLogs(3) });
  await waitFor(() => receiver.accessLogs === 3, { what: "the message to be read" });
  const stopped = receiver.server.stop(5000);
  kept.resolve();
  expect(await client.status).toBe("14");
  await stopped;
  expect(requestsOf(receiver.taken)).toBe(3);
});

test("whatever comes is told whole or ends its stream, and never the collector", async () => {
  const session = http2Connection(receiver.port);
  const codes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(damaged([knownMessage]), async (sent) => {
      const { "grpc-status": code } = await http2Call(session, grpcHead(alsPath), framed(sent));
      codes.add(String(code));
    }),
    { numRuns: 500 },
  );
  session.destroy();
  expect([...codes].sort()).toEqual(["0", "3"]);
  expect(receiver.faults).toEqual([]);
  expect(
    receiver.dropped.filter((drop) => !/^(1 messages malformed|\d+ (logs|metrics) refused)$/.test(drop)),
  ).toEqual([]);
});
