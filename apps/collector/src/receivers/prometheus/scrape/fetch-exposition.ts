import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type Dispatcher, request } from "undici";
import { ExpositionReader, type ExpositionSink } from "../exposition/exposition-reader.ts";
import { ScrapeFailed } from "./scrape-failed.ts";

/** Of an exposition, after decompression. */
export const maxExpositionBytes = 64 * 1024 * 1024;

export interface FetchSettings {
  readonly url: string;
  readonly timeoutMs: number;
  readonly dispatcher: Dispatcher;
  /** Ends the scrape. */
  readonly signal: AbortSignal;
}

/**
 * Reads a target's exposition into `sink` while it arrives. Throws {@link ScrapeFailed}, MalformedExposition, or what
 * the sink throws: then what the sink has got is worth nothing.
 */
export async function fetchExposition(settings: FetchSettings, sink: ExpositionSink): Promise<void> {
  const { url, timeoutMs, dispatcher } = settings;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([settings.signal, timeout]);
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher,
      signal,
      headers: {
        accept: "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "accept-encoding": "gzip",
        "user-agent": "weir-collector",
        "x-prometheus-scrape-timeout-seconds": String(timeoutMs / 1000),
      },
    });
    if (statusCode !== 200) {
      await body.dump({ limit: 16_384, signal });
      throw new ScrapeFailed(`the target answered with ${statusCode}`);
    }
    const type = String(headers["content-type"] ?? "");
    const reader = new ExpositionReader(sink, type.startsWith("application/openmetrics-text"));
    const isPacked = String(headers["content-encoding"] ?? "") === "gzip";
    await read(isPacked ? unpacked(body) : body, reader);
  } catch (error) {
    if (timeout.aborted) throw new ScrapeFailed(`no whole answer within ${timeoutMs} ms`, { cause: error });
    throw error;
  }
}

async function read(chunks: AsyncIterable<Uint8Array>, reader: ExpositionReader): Promise<void> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxExpositionBytes)
      throw new ScrapeFailed(`the exposition is larger than ${maxExpositionBytes} bytes`);
    reader.push(chunk);
  }
  reader.end();
}

/** What ends one of the two streams ends the other. */
function unpacked(body: Readable): AsyncIterable<Uint8Array> {
  return pipeline(body, createGunzip(), () => {});
}
