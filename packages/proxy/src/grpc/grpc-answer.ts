import { Fields } from "../http1/fields.ts";
import type { Answer } from "../rescue.ts";
import type { CallerStream } from "../stream/caller-stream.ts";

/** As HTTP statuses are read by clients of gRPC ("HTTP to gRPC Status Code Mapping"), but a timeout is one. */
const statuses: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 4,
};

const unknown = 2;

/** An answer as a client of gRPC understands it: HTTP's own 200, and the failure in a head that is the whole. */
export function giveGrpcAnswer(stream: CallerStream, answer: Answer): number {
  const status = statusOf(answer);
  const fields = new Fields();
  fields.add("content-type", "application/grpc");
  if (stream.version !== "2") fields.add("content-length", "0");
  addStatus(fields, status, answer);
  stream.respond(
    { status: 200, reason: "OK", minorVersion: 1, fields },
    { kind: "none" },
    { close: answer.close },
  );
  stream.finish();
  return status;
}

/** Ends a call whose answer has begun: its trailers say what a reset would leave its caller to guess. */
export function endGrpcAnswer(stream: CallerStream, answer: Answer): number {
  const status = statusOf(answer);
  const trailers = new Fields();
  addStatus(trailers, status, answer);
  stream.finish(trailers);
  return status;
}

function statusOf({ grpcStatus, status }: Answer): number {
  return grpcStatus ?? statuses[status] ?? unknown;
}

/** The message in the percent-encoding of gRPC, which leaves spaces as they are. */
function addStatus(fields: Fields, status: number, { message, flag }: Answer): void {
  fields.add("grpc-status", `${status}`);
  if (message !== "") fields.add("grpc-message", encodeURIComponent(message).replaceAll("%20", " "));
  if (flag !== "") fields.add("x-weir-response-flag", flag);
}
