import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Admitted } from "./admission.ts";
import { Refusal } from "./refusal.ts";

/** OTLP/HTTP leaves the limit open; the OpenTelemetry Collector's default is the same. */
export const maxBodyBytes = 20 * 1024 * 1024;

const decompressors = { gzip: createGunzip, zstd: createZstdDecompress } as const;

/** The sender went away before its body was complete; there is nobody to answer. */
export class SenderGone extends Error {
  readonly code = "SENDER_GONE";

  constructor(options?: ErrorOptions) {
    super("the connection ended before the body was complete", options);
    this.name = "SenderGone";
  }
}

/**
 * The body, decompressed. The limit is checked while it inflates, so that a small body never becomes a large one.
 * Throws {@link Refusal} (tooLarge, unsupported, malformed, overloaded) or {@link SenderGone}.
 */
export async function readBody(request: IncomingMessage, admitted: Admitted): Promise<Buffer> {
  const coding = (request.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (coding === "identity" || coding === "") {
    if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) throw tooLarge();
    return collect(
      request.iterator({ destroyOnReturn: false }),
      admitted,
      (cause) => new SenderGone({ cause }),
    );
  }
  if (coding !== "gzip" && coding !== "zstd")
    throw new Refusal(
      "unsupported",
      `Content-Encoding ${coding} is not supported; use gzip, zstd or identity`,
    );
  const inflating = decompressors[coding]();
  const gone = (): void => void inflating.destroy(new SenderGone());
  request.once("aborted", gone).pipe(inflating);
  try {
    return await collect(Readable.prototype.iterator.call(inflating), admitted, (cause) =>
      cause instanceof SenderGone
        ? cause
        : new Refusal("malformed", `the body is not valid ${coding}: ${cause.message}`, { cause }),
    );
  } finally {
    request.off("aborted", gone).unpipe(inflating);
    inflating.destroy();
    // What is left of a refused body has to be taken off the connection before the next request on it.
    request.resume();
  }
}

async function collect(
  chunks: AsyncIterable<Buffer>,
  admitted: Admitted,
  explain: (error: Error) => Error,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > maxBodyBytes) throw tooLarge();
      admitted.hold(chunk.length);
      parts.push(chunk);
    }
  } catch (error) {
    throw error instanceof Refusal
      ? error
      : explain(error instanceof Error ? error : new Error(String(error)));
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, length);
}

function tooLarge(): Refusal {
  return new Refusal("tooLarge", `the body is larger than ${maxBodyBytes} bytes after decompression`);
}
