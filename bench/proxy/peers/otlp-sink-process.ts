import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A collector that reads all it is sent and answers as OTLP/HTTP asks; `GET /` tells what came. */
const received = { requests: 0, bytes: 0 };
const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.setHeader("content-type", "application/json").end(JSON.stringify(received));
    return;
  }
  request.on("data", (chunk: Buffer) => {
    received.bytes += chunk.length;
  });
  request.on("end", () => {
    received.requests++;
    response.setHeader("content-type", request.headers["content-type"] ?? "application/x-protobuf").end();
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.once("disconnect", () => process.exit());
process.send?.((server.address() as AddressInfo).port);
