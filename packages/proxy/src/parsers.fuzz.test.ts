import { METHODS } from "node:http";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HttpReading } from "./testing/http-reading.ts";
import { piecesOf } from "./testing/message-arbitrary.ts";
import { nodeReadsRequests, nodeReadsResponses, readingServer } from "./testing/node-reading.ts";
import { requestCase } from "./testing/request-arbitrary.ts";
import { responseCase } from "./testing/response-arbitrary.ts";
import { readRequests, readResponses } from "./testing/weir-reading.ts";

/** The same cases in every run; another number here tries others. A failure prints it with the smallest case. */
const seed = 20_260_722;

test(`requests: Weir takes nothing that node:http refuses, and finds the same ends (seed ${seed})`, async () => {
  const server = readingServer();
  const tally = { whole: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(requestCase, async (one) => {
      const pieces = piecesOf(one);
      const weir = readRequests(pieces);
      count(tally, weir);
      expectNotLaxer(weir, await nodeReadsRequests(server, pieces));
    }),
    { numRuns: 12_000, seed },
  );
  expectBothKinds(tally);
});

test(`responses: Weir takes nothing that node:http refuses, and finds the same ends (seed ${seed})`, async () => {
  const tally = { whole: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(responseCase, fc.constantFrom("GET", "GET", "GET", "HEAD"), async (one, method) => {
      const pieces = piecesOf(one);
      const weir = readResponses(pieces, method);
      count(tally, weir);
      expectNotLaxer(weir, await nodeReadsResponses(pieces, method));
    }),
    { numRuns: 6_000, seed },
  );
  expectBothKinds(tally);
});

function expectNotLaxer(weir: HttpReading, node: HttpReading): void {
  for (const [i, message] of weir.messages.entries()) {
    const [first] = message.start;
    // Node knows a list of methods; a proxy passes any token (RFC 9110 9.1). Nothing can be compared from there on.
    if (typeof first === "string" && !METHODS.includes(first)) return;
    const other = node.messages[i];
    const { start, fields } = message;
    expect({ start: other?.start, fields: other?.fields }, `the head (node: ${node.stopped})`).toEqual({
      start,
      fields,
    });
    if (message.whole || weir.stopped === undefined) expect(other, "the message").toEqual(message);
  }
  if (weir.stopped === undefined) expect(node.messages.length, "messages").toBe(weir.messages.length);
}

interface Tally {
  whole: number;
  refused: number;
}

function count(tally: Tally, { messages, stopped }: HttpReading): void {
  tally.whole += messages.filter((message) => message.whole).length;
  if (stopped !== undefined && stopped !== "closed") tally.refused++;
}

/** A generator that made only good or only bad messages would show nothing. */
function expectBothKinds({ whole, refused }: Tally): void {
  expect(whole).toBeGreaterThan(2_000);
  expect(refused).toBeGreaterThan(500);
}
