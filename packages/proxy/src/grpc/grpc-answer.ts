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
  const status = answer.grpcStatus ?? statuses[answer.status] ?? unknown;
  const fields = new Fields();
  fields.add("content-type", "application/grpc");
  if (stream.version !== "2") fields.add("content-length", "0");
  fields.add("grpc-status", `${status}`);
  if (answer.message !== "")
    fields.add("grpc-message", encodeURIComponent(answer.message).replaceAll("%20", " "));
  if (answer.flag !== "") fields.add("x-weir-response-flag", answer.flag);
  stream.respond(
    { status: 200, reason: "OK", minorVersion: 1, fields },
    { kind: "none" },
    { close: answer.close },
  );
  stream.finish();
  return status;
}
