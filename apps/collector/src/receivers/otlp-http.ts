import type { IncomingMessage, ServerResponse } from "node:http";
import {
  contentTypes,
  type Encoding,
  encodeResponse,
  encodeStatus,
  OtlpDecodeError,
  type PartialSuccess,
  type Signal,
} from "@weir/telemetry/otlp";
import type { Intake } from "../intake.ts";
import { readBody, SenderGone } from "./read-body.ts";
import { Refusal } from "./refusal.ts";

export interface OtlpHttpSettings {
  readonly intake: Intake;
  readonly onAnswer: (signal: Signal | "none", status: number) => void;
  /** A fault of the collector itself. */
  readonly onFault: (error: unknown) => void;
}

const signals: Readonly<Record<string, Signal>> = {
  "/v1/traces": "traces",
  "/v1/metrics": "metrics",
  "/v1/logs": "logs",
};

/** OTLP/HTTP: answers every request, one that is taken only after it is kept. */
export function createOtlpHttpReceiver(settings: OtlpHttpSettings) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const signal = signals[request.url?.split("?", 1)[0] ?? ""];
    // Before the content type is known, a refusal is written in the encoding that people can read.
    const encoding = encodingOf(request) ?? "json";
    try {
      const partial = await receive(settings, request, signal);
      answer(response, 200, encoding, encodeResponse(partial.signal, partial.success, encoding));
      settings.onAnswer(partial.signal, 200);
    } catch (error) {
      if (error instanceof SenderGone) return settings.onAnswer(signal ?? "none", 499);
      const refusal = refusalOf(error);
      if (refusal.kind === "internal") settings.onFault(error);
      const { status, code, headers } = refusal.response;
      answer(response, status, encoding, encodeStatus({ code, message: refusal.message }, encoding), headers);
      settings.onAnswer(signal ?? "none", status);
    }
  };
}

interface Received {
  readonly signal: Signal;
  readonly success: PartialSuccess | undefined;
}

async function receive(
  settings: OtlpHttpSettings,
  request: IncomingMessage,
  signal: Signal | undefined,
): Promise<Received> {
  if (!signal)
    throw new Refusal("unknownPath", `nothing at ${request.url}; post to ${Object.keys(signals).join(", ")}`);
  if (request.method !== "POST")
    throw new Refusal("methodNotAllowed", `${request.method} is not allowed here; use POST`);
  const encoding = encodingOf(request);
  if (!encoding)
    throw new Refusal(
      "unsupported",
      `Content-Type ${request.headers["content-type"] ?? "(none)"} is not supported; use ${Object.values(contentTypes).join(" or ")}`,
    );
  const admitted = settings.intake.enter();
  try {
    const body = await readBody(request, admitted);
    return { signal, success: await settings.intake.consume({ signal, encoding, body }) };
  } finally {
    admitted.release();
  }
}

function encodingOf(request: IncomingMessage): Encoding | undefined {
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type === contentTypes.protobuf) return "protobuf";
  return type === contentTypes.json ? "json" : undefined;
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof OtlpDecodeError) return new Refusal("malformed", error.message, { cause: error });
  return new Refusal("internal", "the collector failed; its log says how", { cause: error });
}

function answer(
  response: ServerResponse,
  status: number,
  encoding: Encoding,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...headers,
    "content-type": contentTypes[encoding],
    "content-length": body.length,
  });
  response.end(body);
}
