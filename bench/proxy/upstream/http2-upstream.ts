import { createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import { exchanges } from "../exchanges.ts";

const small = Buffer.alloc(exchanges.http2.answerBytes, "x");
/** Not compressed, its length, and nothing but "x". */
const message = Buffer.alloc(exchanges.grpc.answerBytes, "x");
message.writeUInt8(0, 0);
message.writeUInt32BE(message.length - 5, 1);

/** HTTP/2 with prior knowledge: the small answer to a GET, one gRPC message and a status in trailers to a POST. */
export function createHttp2Upstream(): Http2Server {
  const server = createServer({ settings: { maxConcurrentStreams: 1000, initialWindowSize: 1 << 20 } });
  server.on("stream", (stream: ServerHttp2Stream, headers) => {
    stream.on("error", () => undefined);
    if (headers[":method"] !== "POST") {
      stream.respond({
        ":status": 200,
        "content-type": "application/json",
        "content-length": String(small.length),
      });
      stream.end(small);
      return;
    }
    stream.resume();
    stream.once("end", () => answerUnary(stream));
  });
  server.on("sessionError", () => undefined);
  return server;
}

function answerUnary(stream: ServerHttp2Stream): void {
  if (stream.destroyed) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(message);
}
