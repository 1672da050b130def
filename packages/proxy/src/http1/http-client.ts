import type { Clock } from "../clock.ts";
import type { ResponseSink } from "../stream/upstream-stream.ts";
import type { Wires } from "../wire/wires.ts";
import type { BodySink } from "./chunked-reader.ts";
import type { Deadlines } from "./deadlines.ts";
import { Fields } from "./fields.ts";
import type { HttpLimits } from "./limits.ts";
import type { ResponseHead } from "./response-head.ts";
import type { UpstreamConnection } from "./upstream-connection.ts";
import { UpstreamFailure } from "./upstream-failure.ts";
import { dial, dialEncrypted, type UpstreamAddress, UpstreamPool } from "./upstream-pool.ts";

export interface WholeResponse {
  readonly status: number;
  readonly fields: Fields;
  readonly body: Buffer;
}

export interface ClientSettings {
  readonly limits: HttpLimits;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
  readonly wires: Wires;
}

/** A response that keeps coming. */
export interface StreamSink extends BodySink {
  head(status: number, fields: Fields): void;
  fail(error: Error): void;
}

/**
 * Requests of the sidecar itself to one origin, on the same engine as those it carries: an HTTP client of its own
 * would add 20 MiB to every sidecar. Bodies are whole, answers whole or streamed.
 */
export class HttpClient {
  readonly #pool: UpstreamPool;
  readonly #address: UpstreamAddress;
  readonly #host: string;

  /** `origin` is an http: or https: URL without a path. */
  constructor(origin: string, { limits, deadlines, clock, wires }: ClientSettings) {
    const url = new URL(origin);
    const secure = url.protocol === "https:";
    this.#host = url.host;
    this.#address = {
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port === "" ? (secure ? 443 : 80) : Number(url.port),
    };
    this.#pool = new UpstreamPool(limits, deadlines, clock, wires, async (address) => {
      const { connectTimeoutMs } = limits;
      return secure
        ? wires.over(await dialEncrypted(address, "http/1.1", connectTimeoutMs, deadlines, wires))
        : dial(address, connectTimeoutMs, deadlines, wires);
    });
  }

  /** Posts a body and reads the whole answer, of at most `maxBytes`. Rejects with UpstreamFailure. */
  async post(
    path: string,
    contentType: string,
    body: Buffer,
    maxBytes = 1024 * 1024,
  ): Promise<WholeResponse> {
    const kept = this.#pool.take(this.#address);
    if (kept) {
      try {
        return await this.#postOn(kept, path, contentType, body, maxBytes);
      } catch (error) {
        const unheard =
          error instanceof UpstreamFailure && error.code === "UPSTREAM_CLOSED" && error.beforeResponse;
        if (!unheard) throw error;
      }
    }
    return this.#postOn(await this.#pool.open(this.#address), path, contentType, body, maxBytes);
  }

  /** Posts a body and gives the answer to `sink` as it comes. The function returned breaks the connection off. */
  async stream(path: string, contentType: string, body: Buffer, sink: StreamSink): Promise<() => void> {
    const connection = await this.#pool.open(this.#address);
    this.#send(connection, path, contentType, body, {
      ...ignored,
      head: ({ status, fields }) => sink.head(status, fields),
      chunk: (bytes) => sink.chunk(bytes),
      end: (trailers) => sink.end(trailers),
      fail: (failure) => sink.fail(failure),
    });
    return () => connection.destroy();
  }

  close(): void {
    this.#pool.close();
  }

  #postOn(
    connection: UpstreamConnection,
    path: string,
    contentType: string,
    body: Buffer,
    maxBytes: number,
  ): Promise<WholeResponse> {
    return new Promise((resolve, reject) => {
      let head: ResponseHead | undefined;
      let size = 0;
      const parts: Buffer[] = [];
      this.#send(connection, path, contentType, body, {
        ...ignored,
        head: (given) => {
          head = given;
        },
        chunk: (bytes) => {
          size += bytes.length;
          if (size <= maxBytes) parts.push(Buffer.from(bytes));
        },
        end: () => {
          if (head) resolve({ status: head.status, fields: head.fields, body: Buffer.concat(parts) });
        },
        fail: reject,
      });
    });
  }

  #send(
    connection: UpstreamConnection,
    path: string,
    contentType: string,
    body: Buffer,
    sink: ResponseSink,
  ): void {
    const fields = new Fields();
    fields.add("host", this.#host);
    fields.add("content-type", contentType);
    fields.add("content-length", `${body.length}`);
    connection.send(
      {
        method: "POST",
        target: path,
        fields,
        framing: { kind: "length", length: body.length },
        upgrade: undefined,
        rawRequest: false,
        rawResponse: false,
      },
      sink,
    );
    connection.body(body);
    connection.requestEnd();
  }
}

const ignored = {
  interim: () => undefined,
  upgraded: () => undefined,
  writable: () => undefined,
};
