import { meshAttributes } from "@weir/domain/request-path";
import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { observedPolicies } from "./testing/observed-policies.ts";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, type RawServer, startRawServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";
import { startTestCollector } from "./testing/test-collector.ts";

const off = { identity: false, traceContext: false, forwardingHeaders: false };

/** What a sidecar adds, in observe too, and what it tells the next one. */
const documented = /^(?:traceparent|x-forwarded-for|x-forwarded-proto|x-weir-source-[a-z]+): .*\r\n/gm;

interface Conversation {
  /** What the caller sends; each part once the answer to the one before has come whole. */
  readonly sent: readonly string[];
  /** What the application answers each part with. */
  readonly answers: readonly string[];
}

const head = (start: string, more = "") =>
  `${start} HTTP/1.1\r\nHost: backend\r\nX-Z: 1\r\nx-a: 2\r\nX-Z: 3\r\n${more}\r\n`;
const chunks = "3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n";
const get = (answer: string): Conversation => ({ sent: [head("GET /a%20b?c=d")], answers: [answer] });

const conversations: Record<string, Conversation> = {
  GET: get(ok("hello", "X-b: 1\r\nx-A: 2\r\nX-b: 3\r\n")),
  "POST with a length": { sent: [`${head("POST /", "Content-Length: 4\r\n")}body`], answers: [ok("got")] },
  "chunks and trailers both ways": {
    sent: [head("POST /", "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n") + chunks],
    answers: [`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`],
  },
  HEAD: { sent: [head("HEAD /")], answers: ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"] },
  "OPTIONS *": { sent: [head("OPTIONS *")], answers: [ok("")] },
  "204": get("HTTP/1.1 204 No Content\r\nX-b: 1\r\n\r\n"),
  "304": get('HTTP/1.1 304 Not Modified\r\nETag: "x"\r\nContent-Length: 5\r\n\r\n'),
  "interim answers": get(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok("late")}`),
  "Expect: 100-continue": {
    sent: [head("PUT /", "Content-Length: 4\r\nExpect: 100-continue\r\n"), "body"],
    answers: ["HTTP/1.1 100 Continue\r\n\r\n", ok("got")],
  },
  "302 of its own": get("HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"),
  "404": get("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"),
  "409": get("HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\nno"),
  "500": get("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno"),
  "503 in chunks": get("HTTP/1.1 503 Later\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"),
  "an upgrade": {
    sent: [head("GET /ws", "Connection: Upgrade\r\nUpgrade: echo\r\n"), "ping \x00\xff"],
    answers: [
      "HTTP/1.1 101 Switching Protocols\r\nX-b: 1\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n",
      "pong \xfe",
    ],
  },
};

/** An application that keeps to its part of a conversation, on however many connections it is held. */
function startApplication({ sent, answers }: Conversation): Promise<RawServer> {
  const given = new Map<number, number>();
  return startRawServer((text, _socket, connection) => {
    const turn = given.get(connection) ?? 0;
    const part = sent[turn];
    // What is behind the head, and the head's own end: the rest of it is what a sidecar adds to.
    const tail = part?.slice(Math.max(0, part.indexOf("\r\n\r\n")));
    if (tail === undefined || !text.endsWith(tail)) return undefined;
    given.set(connection, turn + 1);
    return answers[turn];
  });
}

/** Holds the caller's part of it with whoever listens on that port; what came back. */
async function converse(port: number, { sent, answers }: Conversation): Promise<string> {
  const client = await connectRaw(port);
  let expected = 0;
  for (const [turn, part] of sent.entries()) {
    client.send(part);
    expected += answers[turn]?.length ?? 0;
    await waitFor(() => client.text.length >= expected || client.closed, { what: `answer ${turn}` });
  }
  return client.text;
}

/** Under the policies, the caller's sidecar before the destination's before the application. */
async function startObserving(app: RawServer, config: Record<string, unknown>) {
  const elsewhere = await startRawServer(() => ok("elsewhere"));
  const collector = await startTestCollector();
  const common = { mode: "observe", telemetry: { otlp: collector.origin }, ...config };
  const workload = { namespace: "shop", service: "backend", version: "v1" };
  const own = { name: "backend", endpoints: [{ address: "127.0.0.1:1", version: "v2" }] };
  const settings = { exportIntervalMs: 20 };
  const destination = await startTestSidecar(
    { ...common, workload, app: app.port, outbound: undefined, services: [own], policies: observedPolicies },
    settings,
  );
  const source = await startTestSidecar(
    {
      ...common,
      services: [service("backend", { v1: destination.inboundPort, v2: elsewhere.port })],
      policies: observedPolicies,
    },
    settings,
  );
  return { source, destination, elsewhere, collector };
}

test.each(Object.entries(conversations))(
  "in observe, under policies of every kind, both sides see what they would without a sidecar: %s",
  async (_what, conversation) => {
    const app = await startApplication(conversation);
    const direct = await converse(app.port, conversation);
    expect(direct).toBe(conversation.answers.join(""));
    for (const additions of [off, {}]) {
      const before = app.received.length;
      const { source, elsewhere } = await startObserving(app, { additions });
      const began = performance.now();
      const text = await converse(source.outboundPort, conversation);
      expect(text).toBe(direct);
      expect(performance.now() - began).toBeLessThan(30_000);
      // One request, for nothing was tried again, and nothing copied.
      expect(app.received).toHaveLength(before + 1);
      const received = app.received[before] ?? "";
      expect(additions === off ? received : received.replaceAll(documented, "")).toBe(app.received[0]);
      expect(elsewhere.received).toEqual([]);
    }
  },
);

test("in observe every policy says of a request what it would have done, and that it did not", async () => {
  const conversation = get("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno");
  // Longer than the timeout of a policy, which a server at leisure may well answer within.
  const app = await startRawServer((text, socket) => {
    if (text.endsWith("\r\n\r\n")) setTimeout(() => socket.write(conversation.answers.join("")), 5);
    return undefined;
  });
  const { source, collector } = await startObserving(app, {});
  for (let i = 0; i < 3; i++) await converse(source.outboundPort, conversation);
  await waitFor(() => collector.logs.length >= 6, { what: "access logs of both sidecars" });
  const said = collector.logs.flatMap(({ attributes }) => attributes[meshAttributes.decisions] ?? []);
  const decisions = said as unknown as { policy: string; verdict: string; acted: boolean }[];
  expect(decisions.filter(({ acted }) => acted)).toEqual([]);
  const verdicts = new Set(decisions.map(({ policy, verdict }) => `${policy} ${verdict}`));
  for (const verdict of [
    "deny deny",
    "limit limit",
    "canary version=v2",
    "breaker overflow=requests",
    "route-0 redirect=302",
    "route-1 delay=60000ms, abort=500",
    "route-2 version=v2, rewrite",
    "route-3 headers, mirror=v2",
    "route-4 timeout=1ms",
    "route-5 retry",
  ])
    expect(verdicts).toContain(verdict);
});
