import { once } from "node:events";
import { type ClientHttp2Session, connect, constants, type OutgoingHttpHeaders } from "node:http2";
import type { Exchange, Target } from "../exchanges.ts";
import type { Caller } from "./caller.ts";

/** One connection (prior knowledge, no TLS) as several callers; the last one closed ends it. */
export async function openHttp2Caller(
  target: Target,
  exchange: Exchange,
  streams: number,
): Promise<Caller[]> {
  const session = connect(`http://127.0.0.1:${target.port}`);
  session.on("error", () => undefined);
  await once(session, "connect");
  await once(session, "remoteSettings");
  const message = messageOf(exchange);
  let open = streams;
  const close = () => {
    if (--open === 0) session.close();
  };
  return Array.from({ length: streams }, () => ({
    call: (done: (failure?: Error) => void) =>
      call(session, headersOf(target, exchange), message, exchange, done),
    close,
  }));
}

function call(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
  message: Buffer | undefined,
  { protocol, answerBytes }: Exchange,
  done: (failure?: Error) => void,
): void {
  if (session.destroyed || session.closed) {
    done(new Error("the connection was closed"));
    return;
  }
  const stream = session.request(headers, { endStream: message === undefined });
  let bytes = 0;
  let status: unknown;
  let grpcStatus: unknown = protocol === "grpc" ? undefined : "0";
  let failure: Error | undefined;
  stream.on("response", (answered) => {
    status = answered[":status"];
    grpcStatus ??= answered["grpc-status"];
  });
  stream.on("trailers", (trailers) => {
    grpcStatus ??= trailers["grpc-status"];
  });
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  stream.on("error", (error) => {
    failure = error;
  });
  stream.on("close", () => {
    const right = status === 200 && grpcStatus === "0" && bytes === answerBytes;
    if (failure || right) return done(failure);
    done(new Error(`answered ${status}, ${bytes} bytes, gRPC status ${grpcStatus}, code ${stream.rstCode}`));
  });
  if (message) stream.end(message);
}

function headersOf({ host }: Target, { protocol, method, path }: Exchange): OutgoingHttpHeaders {
  const common = {
    [constants.HTTP2_HEADER_METHOD]: method,
    [constants.HTTP2_HEADER_PATH]: path,
    [constants.HTTP2_HEADER_AUTHORITY]: host,
    "user-agent": "bench",
  };
  return protocol === "grpc" ? { ...common, "content-type": "application/grpc", te: "trailers" } : common;
}

function messageOf({ protocol, bodyBytes }: Exchange): Buffer | undefined {
  if (protocol !== "grpc") return undefined;
  const message = Buffer.alloc(bodyBytes, "x");
  message.writeUInt8(0, 0);
  message.writeUInt32BE(bodyBytes - 5, 1);
  return message;
}
