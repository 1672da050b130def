import { Agent, request } from "node:http";
import type { Hello } from "@weir/domain";

const json = { "content-type": "application/json" };

/** The version that a line brings, whole or as a change of the one before, without the work of reading all of it. */
const snapshotLine =
  /^\{"type":"(?:snapshot","snapshot":\{|change","change":\{"from":"[^"]+",)"version":"([^"]+)"/;

/**
 * A sidecar's end of the control stream and nothing else of it: it takes each snapshot and acknowledges it, on one
 * connection for the stream and one of `acks`.
 */
export async function connectLightSidecar(
  port: number,
  hello: Hello,
  acks: Agent,
  onAcknowledged: (version: string) => void,
): Promise<void> {
  const target = { host: "127.0.0.1", port, method: "POST", headers: json };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stream = request({ ...target, path: "/v1/stream", agent: new Agent() }, (answer) => {
    if (answer.statusCode !== 200) {
      reject(new Error(`${hello.proxyId} was refused: ${answer.statusCode}`));
      return;
    }
    resolve();
    let begun = "";
    let lineLength = 0;
    answer.setEncoding("utf8");
    answer.on("data", (chunk: string) => {
      // Only how a line begins is kept: a thousand sidecars with a snapshot each would measure this process.
      for (let from = 0; from < chunk.length; ) {
        const end = chunk.indexOf("\n", from);
        const part = chunk.slice(from, end < 0 ? undefined : end);
        if (lineLength < 200) begun += part.slice(0, 200);
        lineLength += part.length;
        if (end < 0) return;
        const version = snapshotLine.exec(begun)?.[1];
        begun = "";
        lineLength = 0;
        from = end + 1;
        if (version !== undefined) acknowledge(version);
      }
    });
  });
  stream.once("error", reject);
  stream.end(JSON.stringify({ ...hello, takesChanges: true } satisfies Hello));
  return promise;

  function acknowledge(version: string): void {
    const ack = request({ ...target, path: "/v1/ack", agent: acks }, (answer) => {
      answer.resume();
      answer.once("end", () => onAcknowledged(version));
    });
    // As sidecars do: a connection that was kept may be closed just as it is used, and the controller heard nothing.
    ack.once("error", (error) => (ack.reusedSocket ? acknowledge(version) : reject(error)));
    ack.end(JSON.stringify({ proxyId: hello.proxyId, version }));
  }
}
