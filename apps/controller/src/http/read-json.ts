import type { IncomingMessage } from "node:http";
import { parseOrThrow, ValidationError } from "@weir/domain";
import type { z } from "zod";
import { HttpFailure } from "./http-failure.ts";

/** Far more than any message of the control stream needs. */
const longestBody = 64 * 1024;

/**
 * The request's body as `schema` reads it. Fails with 415 for anything but JSON (which also keeps web pages out: a
 * browser asks before it sends JSON to another origin, and is not answered), 413 past 64 KiB, 400 with path and reason.
 */
export async function readJson<T>(
  request: IncomingMessage,
  schema: z.ZodType<T>,
  subject: string,
): Promise<T> {
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new HttpFailure(415, "not-json", `content-type must be application/json, not ${type ?? "absent"}`);
  const text = (await readBody(request)).toString("utf8");
  try {
    return parseOrThrow(schema, parseJson(text), subject);
  } catch (error) {
    if (error instanceof ValidationError)
      throw new HttpFailure(400, "invalid", error.message, { findings: error.findings });
    throw error;
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLong = () =>
    // What is left of the body is not read, so the connection cannot serve another request.
    new HttpFailure(413, "too-long", `the body must be at most ${longestBody} bytes`, {
      headers: { connection: "close" },
    });
  if (Number(request.headers["content-length"] ?? 0) > longestBody) throw tooLong();
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop early must not tear down the connection that the answer goes out on.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HttpFailure(400, "invalid-json", `the body is not JSON: ${reason}`);
  }
}
