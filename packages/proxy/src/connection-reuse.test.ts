import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { ask, connectTo, flagOf, isOwnAnswer } from "./testing/ask.ts";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startRawServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const get = "GET / HTTP/1.1\r\nHost: backend\r\n\r\n";
const post = "POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 2\r\n\r\nhi";
const answer = ok("a whole answer");

/** Answers each first request of a connection, and breaks off after `bytes` bytes of the answer to the second. */
function startForgetful(bytes: () => number) {
  return startRawServer((text, socket) => {
    const requests = text.match(/(?:GET|POST) [\s\S]*?\r\n\r\n(?:hi)?/g)?.length ?? 0;
    if (requests < 2) return requests === 1 && !/h$|Length: 2\r\n\r\n$/.test(text) ? answer : undefined;
    socket.write(answer.slice(0, bytes()), "latin1", () => socket.resetAndDestroy());
    return undefined;
  });
}

test.each([
  { request: get, unheard: "whole" },
  { request: post, unheard: "UC" },
])("a kept connection that breaks at any byte of its next answer: $request", async ({ request, unheard }) => {
  let bytes = 0;
  const upstream = await startForgetful(() => bytes);
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const outcomeOf = async () => {
    const socket = await connectTo(sidecar.outboundPort);
    const { text, state } = await ask(socket, request, (so) => so === answer || isOwnAnswer(so));
    socket.destroy();
    if (text === answer) return "whole";
    if (isOwnAnswer(text)) return flagOf(text);
    return answer.startsWith(text) && (state === "end" || state === "reset") ? "broken" : `${state} ${text}`;
  };
  const headEnd = answer.indexOf("\r\n\r\n") + 4;
  let kept = false;
  for (bytes = 0; bytes < answer.length; bytes++) {
    if (!kept) expect(await outcomeOf(), "the first").toBe("whole");
    const outcome = await outcomeOf();
    kept = outcome === "whole";
    if (bytes === 0) expect(outcome, "unheard").toBe(unheard);
    else expect(bytes < headEnd ? ["UC"] : ["UC", "broken"], `after ${bytes}: ${outcome}`).toContain(outcome);
  }
});

test.each`
  extra                                                     | what
  ${"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled"} | ${"another answer"}
  ${"x"}                                                    | ${"a byte"}
  ${"\r\n"}                                                 | ${"an empty line"}
`("what an upstream sends beyond its answer reaches nobody: $what", async ({ extra }) => {
  const upstream = await startRawServer((text, _socket, connection) =>
    text.endsWith("\r\n\r\n") ? (connection === 0 ? answer + extra : answer) : undefined,
  );
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  for (let n = 1; n <= 3; n++) {
    client.send(get);
    await waitFor(() => client.text === answer.repeat(n), {
      what: `${n} answers and nothing else: ${client.text}`,
    });
  }
  expect(upstream.sockets).toHaveLength(2);
});

test("an answer that comes unasked, such as 408 on an idle connection, reaches nobody", async () => {
  const upstream = await startRawServer((text) => (text.endsWith("\r\n\r\n") ? answer : undefined));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(get);
  await waitFor(() => client.text === answer, { what: "the answer" });
  upstream.sockets[0]?.write(
    "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
  );
  await waitFor(() => upstream.sockets[0]?.destroyed || upstream.sockets[0]?.readableEnded, {
    what: "the connection to be given up",
  });
  client.send(get);
  await waitFor(() => client.text === answer.repeat(2), { what: `the next answer: ${client.text}` });
});

const early = ok("no more, thanks");

test.each([
  {
    request: "POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 1000000\r\n\r\nfirst",
    what: "of known length",
  },
  {
    request: "POST / HTTP/1.1\r\nHost: backend\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n",
    what: "chunked",
  },
  {
    request: "PUT / HTTP/1.1\r\nHost: backend\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
    what: "that was held back",
  },
])("an answer before the end of a body $what closes both connections", async ({ request }) => {
  const upstream = await startRawServer((text, _socket, connection) => {
    if (connection === 0) return text.includes("\r\n\r\n") ? early : undefined;
    return text.endsWith("\r\n\r\n") ? answer : undefined;
  });
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send(request);
  expect(await client.untilClosed()).toBe(early.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
  await waitFor(() => upstream.sockets[0]?.destroyed || upstream.sockets[0]?.readableEnded, {
    what: "the upstream's connection to be given up",
  });
  const next = await connectRaw(sidecar.outboundPort);
  next.send(get);
  await waitFor(() => next.text === answer, { what: "an answer to the next" });
  expect(upstream.sockets).toHaveLength(2);
});

test("an early answer is whole although the caller goes on sending", async () => {
  const body = "z".repeat(300_000);
  let answered = false;
  const upstream = await startRawServer((text) => {
    if (answered || !text.includes("first")) return undefined;
    answered = true;
    return ok(body);
  });
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: upstream.port })] });
  const client = await connectRaw(sidecar.outboundPort);
  client.send("POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 100000000\r\n\r\nfirst");
  const more = setInterval(() => client.socket.writable && client.send("m".repeat(10_000)), 1);
  const text = await client.untilClosed();
  clearInterval(more);
  expect(text.length - text.indexOf("zzz")).toBe(body.length);
});
