import { connect } from "node:net";

/** What came back, as bytes decoded one to one (latin1), so that nothing is lost or repaired. */
export interface RawResponse {
  /** All of it until the peer closed, or until `until` was met. */
  readonly text: string;
  /** Of the first status line; 0 when there is none. */
  readonly status: number;
  /** The peer closed or reset the connection, as opposed to our giving up. */
  readonly closed: boolean;
}

export interface RawHttpSettings {
  readonly host?: string;
  /** Stop reading as soon as this holds of what came so far. */
  readonly until?: (text: string) => boolean;
  /** Give up reading after so long without an end; 5 s unless told. */
  readonly timeoutMs?: number;
  /** Send FIN after the bytes. */
  readonly halfClose?: boolean;
}

/** Sends exactly these bytes (a text is sent as latin1) over one connection and reads what comes back. */
export function rawHttp(
  port: number,
  bytes: string | Uint8Array,
  { host = "127.0.0.1", until = () => false, timeoutMs = 5_000, halfClose = false }: RawHttpSettings = {},
): Promise<RawResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<RawResponse>();
  const socket = connect(port, host);
  let text = "";
  const finish = (closed: boolean) => {
    clearTimeout(timer);
    socket.destroy();
    resolve({ text, status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0), closed });
  };
  const timer = setTimeout(() => finish(false), timeoutMs);
  socket.on("connect", () => {
    socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
    if (halfClose) socket.end();
  });
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    if (until(text)) finish(false);
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ECONNREFUSED") {
      clearTimeout(timer);
      reject(error);
    } else finish(true);
  });
  socket.on("close", () => finish(true));
  return promise;
}
