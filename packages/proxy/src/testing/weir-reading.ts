import { type BodyReader, bodyReader } from "../http1/body-reader.ts";
import type { Fields } from "../http1/fields.ts";
import { requestFraming, responseFraming } from "../http1/framing.ts";
import { HeadScanner } from "../http1/head-scanner.ts";
import { keepsAlive, upgradeOf } from "../http1/hop-by-hop.ts";
import { defaultLimits } from "../http1/limits.ts";
import { ParseFailure } from "../http1/parse-failure.ts";
import { parseRequestHead, parseRequestLine } from "../http1/request-head.ts";
import { parseResponseHead, parseStatusLine } from "../http1/response-head.ts";
import type { HttpReading, ReadMessage } from "./http-reading.ts";

interface Head {
  readonly message: ReadMessage;
  readonly reader: BodyReader;
  /** What comes behind this message is no further message. */
  readonly last: boolean;
}

/** The requests that the sidecar's own parsers find in what a caller sends. */
export function readRequests(pieces: readonly Buffer[]): HttpReading {
  return readMessages(pieces, new HeadScanner(defaultLimits, parseRequestLine), (scanner) => {
    const { method, target, minorVersion, fields } = parseRequestHead(scanner);
    const framing = requestFraming({ method, target, minorVersion, fields });
    if (method === "CONNECT" && framing.kind !== "none")
      throw new ParseFailure("connect", "CONNECT with a body");
    // Node drops what comes in one read with the request for an upgrade, whether it grants it or not.
    const upgrades = upgradeOf(fields) !== undefined;
    return {
      message: messageOf([method, target, minorVersion], fields),
      reader: bodyReader(framing, defaultLimits, true),
      last: method === "CONNECT" || minorVersion === 0 || !keepsAlive(minorVersion, fields) || upgrades,
    };
  });
}

/** The responses, interim ones included, that they find in what an upstream answers to one request and then ends. */
export function readResponses(pieces: readonly Buffer[], method: string): HttpReading {
  let untilClose = false;
  const reading = readMessages(pieces, new HeadScanner(defaultLimits, parseStatusLine), (scanner) => {
    const head = parseResponseHead(scanner);
    const framing = responseFraming(head, method);
    untilClose = framing.kind === "close";
    return {
      message: messageOf([head.status, head.reason], head.fields),
      reader: bodyReader(framing, defaultLimits, true),
      last: head.status >= 200 || head.status === 101,
    };
  });
  for (const message of reading.messages.slice(-1)) message.whole ||= untilClose;
  return reading;
}

function readMessages(
  pieces: readonly Buffer[],
  scanner: HeadScanner,
  begin: (scanner: HeadScanner) => Head,
): HttpReading {
  const messages: ReadMessage[] = [];
  let head: Head | undefined;
  try {
    for (const piece of pieces)
      for (let position = 0; position < piece.length; ) {
        if (head === undefined) {
          position = scanner.push(piece, position);
          if (!scanner.complete) continue;
          head = begin(scanner);
          scanner.reset();
          messages.push(head.message);
        } else position = head.reader.push(piece, position, sinkOf(head.message));
        if (!head.reader.done) continue;
        head.message.whole = true;
        if (head.last) return { messages, stopped: "closed" };
        head = undefined;
      }
  } catch (error) {
    if (!(error instanceof ParseFailure)) throw error;
    return { messages, stopped: error.reason };
  }
  return { messages, stopped: undefined };
}

function messageOf(start: readonly (string | number)[], fields: Fields): ReadMessage {
  return { start, fields: flat(fields), body: "", trailers: [], whole: false };
}

function sinkOf(message: ReadMessage) {
  return {
    chunk: (bytes: Buffer) => {
      message.body += bytes.toString("latin1");
    },
    end: (trailers: Fields | undefined) => {
      if (trailers) message.trailers = flat(trailers);
    },
  };
}

function flat(fields: Fields): string[] {
  return [...fields].flat();
}
