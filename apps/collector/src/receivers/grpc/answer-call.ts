import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { SenderGone } from "../read-body.ts";
import { CallMessages } from "./call-messages.ts";
import type { GrpcMethod, GrpcMethodName, GrpcMethods } from "./grpc-method.ts";
import { type GrpcStatus, type GrpcStatusName, statusOf, trailersOf, Unimplemented } from "./grpc-status.ts";
import { isMessageCoding } from "./inflate-message.ts";

export interface CallSettings {
  readonly methods: GrpcMethods;
  readonly maxMessageBytes: number;
  readonly messageTimeoutMs: number;
  readonly onAnswer: (method: GrpcMethodName | "none", status: GrpcStatusName) => void;
  /** A fault of the collector itself. */
  readonly onFault: (error: unknown) => void;
}

/** What senders get to stop after an answer that came before they had ended. */
const hangUpMs = 1000;
const contentType = "application/grpc";
const acceptEncoding = "identity,gzip,deflate";

/** Answers one HTTP/2 stream, whatever it asks for. `opened` is given the call's messages before they are read. Does not throw. */
export async function answerCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  settings: CallSettings,
  opened: (messages: CallMessages) => void,
): Promise<void> {
  // What breaks a stream shows where it is read or written; without a listener it would end the process.
  stream.on("error", () => {});
  const unlike = unlikeGrpc(headers);
  if (unlike !== undefined) return answerHttp(stream, unlike);
  const method = methodOf(headers, settings.methods);
  try {
    const answer = await callMethod(stream, headers, method, settings, opened);
    settings.onAnswer(method?.name ?? "none", succeed(stream, answer) ? "OK" : "CANCELLED");
  } catch (error) {
    const status = statusOf(error);
    const isAnswered = !(error instanceof SenderGone) && refuse(stream, status);
    if (isAnswered && status.name === "INTERNAL") settings.onFault(error);
    settings.onAnswer(method?.name ?? "none", isAnswered ? status.name : "CANCELLED");
  }
}

async function callMethod(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  method: GrpcMethod | undefined,
  { maxMessageBytes: maxBytes, messageTimeoutMs }: CallSettings,
  opened: (messages: CallMessages) => void,
): Promise<Buffer> {
  if (!method) throw new Unimplemented(`no method ${headers[":path"]} here`);
  const encoding = String(headers["grpc-encoding"] ?? "identity").toLowerCase();
  const coding = isMessageCoding(encoding) ? encoding : undefined;
  if (!coding && encoding !== "identity")
    throw new Unimplemented(`grpc-encoding ${encoding} is not supported; use ${acceptEncoding}`);
  const messages = new CallMessages(stream, { coding, maxBytes });
  opened(messages);
  const abandon = (): void => stream.close(constants.NGHTTP2_CANCEL);
  return method.answer({ messages, messageTimeoutMs, abandon });
}

/** The HTTP status of what is no gRPC call (gRPC over HTTP/2: Requests); undefined for one that is. */
function unlikeGrpc(headers: IncomingHttpHeaders): number | undefined {
  if (headers[":method"] !== "POST") return constants.HTTP_STATUS_METHOD_NOT_ALLOWED;
  const isGrpc = /^application\/grpc(\+proto)?\s*(;|$)/i.test(headers["content-type"] ?? "");
  return isGrpc ? undefined : constants.HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE;
}

function methodOf(headers: IncomingHttpHeaders, methods: GrpcMethods): GrpcMethod | undefined {
  const path = headers[":path"] ?? "";
  return Object.hasOwn(methods, path) ? methods[path] : undefined;
}

/** False: nobody is there any more. */
function succeed(stream: ServerHttp2Stream, message: Buffer): boolean {
  if (isGone(stream)) return false;
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  stream.respond(
    { ":status": 200, "content-type": contentType, "grpc-accept-encoding": acceptEncoding },
    { waitForTrailers: true },
  );
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(Buffer.concat([head, message]));
  return true;
}

/** Status and nothing else (gRPC over HTTP/2: Trailers-Only). False: nobody is there any more. */
function refuse(stream: ServerHttp2Stream, status: GrpcStatus): boolean {
  if (isGone(stream)) return false;
  stream.respond(
    {
      ":status": 200,
      "content-type": contentType,
      "grpc-accept-encoding": acceptEncoding,
      ...trailersOf(status),
    },
    { endStream: true },
  );
  hangUp(stream);
  return true;
}

function answerHttp(stream: ServerHttp2Stream, status: number): void {
  if (isGone(stream)) return;
  stream.respond({ ":status": status }, { endStream: true });
  hangUp(stream);
}

/**
 * After an answer that came before the end of the request, the rest of it is dropped as it comes: a reset at once would
 * overtake the answer. Senders stop when they have the answer; those that do not are reset (RFC 9113 8.1).
 */
function hangUp(stream: ServerHttp2Stream): void {
  const drop = (): void => {
    while (stream.read() !== null);
  };
  stream.on("readable", drop);
  drop();
  const reset = setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), hangUpMs);
  stream.once("close", () => clearTimeout(reset));
}

function isGone(stream: ServerHttp2Stream): boolean {
  return stream.destroyed || stream.closed || stream.headersSent;
}
