import { expect, test } from "vitest";
import { ask, connectTo, flagOf, inParallel, isOwnAnswer } from "./testing/ask.ts";
import { type Fault, faults, faultTarget, startFaultyServer } from "./testing/faulty-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

interface Answer {
  readonly text: string;
  /** How the request line begins and ends, where it is not GET of HTTP/1.1. */
  readonly method?: string;
  readonly version?: string;
  /** What the caller gets instead. */
  readonly through?: string;
  /** Its end is the end of the connection, for the caller. */
  readonly untilClose?: boolean;
}

const chunked =
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n" +
  "5;note=x\r\nhello\r\nA\r\n0123456789\r\n0\r\nX-Sum: 15\r\n\r\n";

const answers: Record<string, Answer> = {
  length: { text: "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789" },
  chunked: { text: chunked },
  chunkedFor10: {
    text: chunked,
    version: "1.0",
    through: "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\nhello0123456789",
    untilClose: true,
  },
  untilClose: {
    text: "HTTP/1.1 200 OK\r\nX: y\r\n\r\nall of it",
    through: "HTTP/1.1 200 OK\r\nX: y\r\nConnection: close\r\n\r\nall of it",
    untilClose: true,
  },
  interim: {
    text: "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
  },
  noContent: { text: "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n" },
  notModified: { text: "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n" },
  head: { text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", method: "HEAD" },
};

interface Case {
  readonly name: string;
  readonly answer: Answer;
  readonly bytes: number;
  readonly fault: Fault;
}

const cases = (fault: Fault): Case[] =>
  Object.entries(answers).flatMap(([name, answer]) =>
    Array.from({ length: answer.text.length + 1 }, (_, bytes) => ({ name, answer, bytes, fault })),
  );

test.each(faults)("an upstream that at any byte of its answer comes to: %s", async (fault) => {
  const texts = Object.entries(answers).map(([name, { text }]) => [name, text]);
  const upstream = await startFaultyServer({ ...Object.fromEntries(texts), fine });
  const services = [service("backend", { v1: upstream.port })];
  const sidecar = await startTestSidecar({ services }, { limits: { streamIdleTimeoutMs: 1000 } });
  const wrong: string[] = [];
  await inParallel(cases(fault), fault === "stall" ? 200 : 32, async (one) => {
    const what = await outcome(sidecar.outboundPort, one);
    if (!allowed(one).includes(what)) wrong.push(`${one.name} after ${one.bytes}: ${what}`);
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  await expect.poll(() => sidecar.page("/metrics")).toContain("weir_proxy_requests_in_flight 0\n");
});

const fine = "HTTP/1.1 200 OK\r\nX-Fine: 1\r\nContent-Length: 4\r\n\r\nfine";

/** What may come of a case. Bytes that came just before a reset may be lost with it. */
function allowed({ answer, bytes, fault }: Case): string[] {
  const headEnd = finalHeadEnd(answer.text);
  const whole = bytes === answer.text.length;
  if (fault === "reset") {
    if (answer.untilClose && !answer.version) return bytes < headEnd ? ["UC"] : ["UC", "broken"];
    return whole ? ["whole", "broken", "UC"] : bytes < headEnd ? ["UC"] : ["broken", "UC"];
  }
  if (bytes < headEnd) return [fault === "end" ? "UC" : "UT"];
  // Nobody can tell the end of a body from its breaking off where the connection's end is the sign.
  if (answer.untilClose && !answer.version) return [fault === "end" ? "whole" : "broken"];
  return [whole ? "whole" : "broken"];
}

/** Behind the head of the last answer, interim ones before it. */
function finalHeadEnd(text: string): number {
  return text.indexOf("\r\n\r\n", text.lastIndexOf("HTTP/1.1")) + 4;
}

/** `whole`, `broken`, or the flag of the sidecar's own answer; or what is wrong. */
async function outcome(port: number, { name, answer, bytes, fault }: Case): Promise<string> {
  const { method = "GET", version = "1.1", untilClose = false } = answer;
  const through = answer.through ?? answer.text;
  const request = (target: string) => `${method} ${target} HTTP/${version}\r\nHost: backend\r\n\r\n`;
  const isOwn =
    method === "HEAD" ? (text: string) => /flag: \w+\r\n(?:.*\r\n)*\r\n$/.test(text) : isOwnAnswer;
  const socket = await connectTo(port);
  const expected = untilClose ? through.slice(0, through.length - (answer.text.length - bytes)) : through;
  const { text, state } = await ask(
    socket,
    request(faultTarget(name, bytes, fault)),
    (so) => (!untilClose && so === through) || (version === "1.1" && isOwn(so)),
  );
  const rest = state === "open" ? await ask(socket, request("/fine/1000/stall"), isFine(method)) : undefined;
  socket.destroy();
  if (rest && !isFine(method)(rest.text)) return `then, on the same connection: ${JSON.stringify(rest)}`;
  if (isOwn(text)) return flagOf(text) ?? "no flag";
  if (untilClose ? state === "end" && text === (version === "1.0" ? through : expected) : text === through)
    return "whole";
  if (!through.startsWith(text)) return `other bytes: ${JSON.stringify(text)}`;
  if (untilClose && state === "end") return `taken for whole: ${JSON.stringify(text)}`;
  return state === "open" ? "neither whole nor over" : "broken";
}

function isFine(method: string): (text: string) => boolean {
  return (text) => text === (method === "HEAD" ? fine.slice(0, -4) : fine);
}
