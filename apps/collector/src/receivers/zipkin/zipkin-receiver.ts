import type { IncomingMessage, ServerResponse } from "node:http";
import { encodeTraces, OtlpDecodeError, type PartialSuccess } from "@weir/telemetry/otlp";
import type { Intake } from "../../intake.ts";
import { readBody, SenderGone } from "../read-body.ts";
import { Refusal } from "../refusal.ts";
import { readZipkin } from "./read-zipkin.ts";
import { tracesRequestOf } from "./traces-request.ts";

export interface ZipkinSettings {
  readonly intake: Intake;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** `partial`: spans that were not taken, which Zipkin's answer has no word for. */
  readonly onAnswer: (status: number, partial?: PartialSuccess) => void;
  /** A fault of the collector itself. */
  readonly onFault: (error: unknown) => void;
}

const path = "/api/v2/spans";

/**
 * Zipkin v2 in JSON: `POST /api/v2/spans`, answered with 202 and nothing once all good spans are kept, else with one
 * sentence of text. Zipkin's port is 9411.
 */
export function createZipkinReceiver(settings: ZipkinSettings) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const partial = await receive(settings, request);
      response.writeHead(202, { "content-length": 0 }).end();
      settings.onAnswer(202, partial);
    } catch (error) {
      if (error instanceof SenderGone) return settings.onAnswer(499);
      const refusal = refusalOf(error);
      if (refusal.kind === "internal") settings.onFault(error);
      refuse(response, refusal);
      settings.onAnswer(refusal.response.status);
    }
  };
}

async function receive(
  { intake, now }: ZipkinSettings,
  request: IncomingMessage,
): Promise<PartialSuccess | undefined> {
  if (request.url?.split("?", 1)[0] !== path)
    throw new Refusal("unknownPath", `nothing at ${request.url}; post to ${path}`);
  if (request.method !== "POST")
    throw new Refusal("methodNotAllowed", `${request.method} is not allowed here; use POST`);
  mustBeJson(request.headers["content-type"]);
  const admitted = intake.enter();
  try {
    const body = await readBody(request, admitted);
    intake.weigh({ signal: "traces", encoding: "json", body });
    // Zipkin is lenient on empty messages.
    const list = body.length === 0 ? [] : readZipkin(body);
    const translated = tracesRequestOf(list, BigInt(now()) * 1_000_000n);
    const otlp = encodeTraces(translated, "protobuf");
    admitted.hold(otlp.length);
    return await intake.consume({ signal: "traces", encoding: "protobuf", body: otlp });
  } finally {
    admitted.release();
  }
}

/** Zipkin takes what has no type for JSON; its other encodings, Protobuf and Thrift, say what they are. */
function mustBeJson(contentType: string | undefined): void {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type !== "" && type !== "application/json")
    throw new Refusal("unsupported", `Content-Type ${type} is not supported; use application/json`);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof OtlpDecodeError) return new Refusal("malformed", error.message, { cause: error });
  return new Refusal("internal", "the collector failed; its log says how", { cause: error });
}

function refuse(response: ServerResponse, { response: { status, headers }, message }: Refusal): void {
  const body = Buffer.from(message);
  response.writeHead(status, {
    ...headers,
    "content-type": "text/plain; charset=utf-8",
    "content-length": body.length,
  });
  response.end(body);
}
