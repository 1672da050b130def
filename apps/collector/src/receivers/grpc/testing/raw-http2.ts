import {
  type ClientHttp2Session,
  connect,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from "node:http2";

/** The head of an answer, and its trailers where they came apart from it. */
export type Http2Answer = IncomingHttpHeaders;

/** One message as it stands on the wire (gRPC over HTTP/2: Length-Prefixed-Message). */
export function framed(message: Uint8Array, flag = 0, length = message.length): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flag, 0);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
}

/** A connection on which anything may be said. */
export function http2Connection(port: number): ClientHttp2Session {
  // What waits to be sent counts towards the limit, and a test may have much of it.
  const session = connect(`http://127.0.0.1:${port}`, { maxSessionMemory: 1000 });
  session.on("error", () => {});
  return session;
}

export const grpcHead = (path: string, more: OutgoingHttpHeaders = {}): OutgoingHttpHeaders => ({
  ":method": "POST",
  ":path": path,
  "content-type": "application/grpc",
  te: "trailers",
  ...more,
});

/** Sends a call and resolves with head and trailers in one; rejects when the stream ends without. */
export function http2Call(
  session: ClientHttp2Session,
  head: OutgoingHttpHeaders,
  body: Uint8Array,
): Promise<Http2Answer> {
  const stream = session.request(head);
  const answer: Http2Answer = {};
  return new Promise((resolve, reject) => {
    stream.on("response", (headers) => Object.assign(answer, headers));
    stream.on("trailers", (trailers) => Object.assign(answer, trailers));
    stream.on("error", reject);
    stream.on("close", () =>
      answer[":status"] ? resolve(answer) : reject(new Error(`no answer, reset with ${stream.rstCode}`)),
    );
    stream.resume();
    stream.end(body);
  });
}
