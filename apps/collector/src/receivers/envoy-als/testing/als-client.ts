import type { ClientHttp2Session, ClientHttp2Stream } from "node:http2";
import { encodeStreamAccessLogs, type StreamAccessLogsMessage } from "@weir/telemetry/envoy";
import type { Draft } from "@weir/telemetry/otlp";
import { framed, grpcHead, http2Connection } from "../../grpc/testing/raw-http2.ts";

export const alsPath = "/envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs";

/** A stream as an Envoy has it. */
export class AlsClient {
  readonly session: ClientHttp2Session;
  readonly #stream: ClientHttp2Stream;
  /** The status that the stream ended with. */
  readonly status: Promise<string>;

  constructor(port: number) {
    this.session = http2Connection(port);
    this.#stream = this.session.request(grpcHead(alsPath));
    this.#stream.on("error", () => {});
    this.#stream.resume();
    const { promise, resolve } = Promise.withResolvers<string>();
    this.status = promise;
    for (const event of ["response", "trailers"])
      this.#stream.on(event, (headers: Record<string, string>) => {
        if (headers["grpc-status"] !== undefined) resolve(headers["grpc-status"]);
      });
    this.#stream.on("close", () => resolve(`reset ${this.#stream.rstCode}`));
  }

  send(message: Draft<StreamAccessLogsMessage> | Buffer): void {
    this.#stream.write(framed(Buffer.isBuffer(message) ? message : encodeStreamAccessLogs(message)));
  }

  write(bytes: Buffer): void {
    this.#stream.write(bytes);
  }

  async end(): Promise<string> {
    this.#stream.end();
    const status = await this.status;
    this.session.close();
    return status;
  }
}
