import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface RecordedRequest {
  readonly method: string;
  readonly target: string;
  readonly fields: readonly string[];
  readonly body: string;
  readonly trailers: readonly string[];
}

export interface RecordingServer {
  readonly port: number;
  /** Requests that came whole, in the order of their ends. */
  readonly whole: RecordedRequest[];
  /** Requests that broke off before their end. */
  readonly broken: number;
  /** Why connections were given up on which something came that is no request: codes of Node's parser. */
  readonly malformed: string[];
}

/** An application on node:http that keeps what it is asked, and answers each whole request with `answer`. */
export async function startRecordingServer(
  answer: (request: RecordedRequest, response: ServerResponse) => void = (_, response) =>
    void response.end("ok"),
): Promise<RecordingServer> {
  const whole: RecordedRequest[] = [];
  let broken = 0;
  const malformed: string[] = [];
  const onRequest = (incoming: IncomingMessage, response: ServerResponse): void => {
    let body = "";
    incoming.on("data", (bytes: Buffer) => {
      body += bytes.toString("latin1");
    });
    incoming.on("end", () => {
      const { method = "", url: target = "", rawHeaders: fields, rawTrailers: trailers } = incoming;
      const request = { method, target, fields, body, trailers };
      whole.push(request);
      answer(request, response);
    });
    incoming.on("error", () => undefined);
    incoming.on("close", () => {
      if (!incoming.complete) broken++;
    });
  };
  const server = createServer({ maxHeaderSize: 128 * 1024 }, onRequest);
  // Expectations that Node does not know are answered like any other request.
  server.on("checkExpectation", onRequest);
  server.maxHeadersCount = 0;
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    if (error.code?.startsWith("HPE_") && error.code !== "HPE_INVALID_EOF_STATE") malformed.push(error.code);
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    whole,
    malformed,
    get broken() {
      return broken;
    },
  };
}
