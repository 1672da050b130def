import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** What came back on a connection, in latin1, and how far the connection lives on. */
export interface Asked {
  readonly text: string;
  /** `end`: the peer ended it in order (FIN); `reset`: it broke; `silent`: neither that nor an answer came in time. */
  readonly state: "open" | "end" | "reset" | "silent";
}

/** Longer than any timeout that a test of the sidecar sets. */
const patienceMs = 10_000;

/** Connected; errors are for whoever asks. */
export async function connectTo(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Sends bytes and reads until `whole` says so, or until the connection is over. */
export function ask(socket: Socket, bytes: string, whole: (text: string) => boolean): Promise<Asked> {
  return new Promise((resolve) => {
    let text = "";
    const onData = (chunk: Buffer): void => {
      text += chunk.toString("latin1");
      if (whole(text)) settle("open");
    };
    const onEnd = (): void => settle("end");
    const onClose = (): void => settle("reset");
    const timer = setTimeout(() => settle("silent"), patienceMs);
    const settle = (state: Asked["state"]): void => {
      clearTimeout(timer);
      socket.off("data", onData).off("end", onEnd).off("close", onClose);
      resolve({ text, state });
    };
    socket.on("data", onData).on("end", onEnd).on("close", onClose);
    if (socket.readyState === "closed" || socket.readableEnded) settle("reset");
    else socket.write(bytes, "latin1");
  });
}

/** Whether `text` ends with an answer of the sidecar's own. */
export function isOwnAnswer(text: string): boolean {
  return /x-weir-response-flag: \w+\r\n[^{]*\r\n\{.*\}\n$/s.test(text);
}

export function flagOf(text: string): string | undefined {
  return /x-weir-response-flag: (\w+)/.exec(text)?.[1];
}

/** Runs `work` on all of `items`, at most `limit` of them at once. */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
