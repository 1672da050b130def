import type { IncomingMessage } from "node:http";
import { HttpError } from "./http-error.ts";

const maxBodyBytes = 64 * 1024;

/** The request's body as JSON, or as the fields of an HTML form. @throws HttpError 400, 413 or 415 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "application/json";
  if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(text));
  if (type !== "application/json") {
    throw new HttpError(415, "unsupported-type", `the body must be JSON or a form, not ${type}`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HttpError(400, "invalid-json", `the body is not JSON: ${why}`, {}, { cause });
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) {
      throw new HttpError(413, "body-too-large", `the body must not exceed ${maxBodyBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
