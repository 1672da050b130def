import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { waitFor } from "@weir/testkit/sockets";
import { onTestFinished } from "vitest";

/** One connection whose bytes the test writes and reads itself. */
export interface RawClient {
  readonly socket: Socket;
  /** All that came so far, decoded as latin1. */
  readonly text: string;
  /** The peer has ended or reset the connection. */
  readonly closed: boolean;
  send(bytes: string | Buffer): void;
  /** Waits until what came matches, and gives that match's text. */
  until(pattern: RegExp): Promise<string>;
  untilClosed(): Promise<string>;
}

export async function connectRaw(port: number): Promise<RawClient> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  await once(socket, "connect");
  onTestFinished(() => void socket.destroy());
  let text = "";
  let closed = false;
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
  });
  const onClosed = () => {
    closed = true;
  };
  socket.on("end", onClosed).on("error", onClosed).on("close", onClosed);
  return {
    socket,
    get text() {
      return text;
    },
    get closed() {
      return closed;
    },
    send: (bytes) => void (typeof bytes === "string" ? socket.write(bytes, "latin1") : socket.write(bytes)),
    until: (pattern) =>
      waitFor(() => pattern.exec(text)?.[0], { what: `${pattern} in ${JSON.stringify(text.slice(0, 300))}` }),
    async untilClosed() {
      await waitFor(() => closed, { what: "the connection to be closed" });
      return text;
    },
  };
}
