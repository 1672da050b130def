import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { waitFor } from "@weir/testkit/sockets";

/** As long as the pattern is. */
export const patternBytes = 48 * 1024 * 1024;
/** More than this in flight is more than the kernel's buffers on the way, and piles up in the sidecar. */
export const heldBackBelow = patternBytes / 2;

/** Bytes of a stream that are different everywhere, so that none can stand in another's place unseen. */
function patternAt(from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let i = 0; i < length; i++) bytes[i] = Math.imul(from + i, 2_654_435_761) >>> 24;
  return bytes;
}

const part = 64 * 1024;
/** What `readPattern` gives where every byte came in its place. */
export function patternHash(): string {
  const hash = createHash("sha1");
  for (let at = 0; at < patternBytes; at += part) hash.update(patternAt(at, part));
  return hash.digest("hex");
}

/** Writes the pattern as fast as the socket takes it. */
export function sendPattern(socket: Socket): { readonly sent: number } {
  let sent = 0;
  const more = (): void => {
    while (sent < patternBytes) {
      const bytes = patternAt(sent, part);
      sent += part;
      if (!socket.write(bytes)) return;
    }
  };
  socket.on("drain", more);
  more();
  return {
    get sent() {
      return sent;
    },
  };
}

/** Reads `patternBytes` bytes behind a head, of which `first` has come already, and gives their hash. */
export function readPattern(socket: Socket, first = ""): Promise<string> {
  return new Promise((resolve) => {
    const hash = createHash("sha1");
    let head = first;
    let inBody = false;
    let left = patternBytes;
    const read = (bytes: Buffer): void => {
      hash.update(bytes);
      left -= bytes.length;
      if (left === 0) resolve(hash.digest("hex"));
    };
    const onData = (chunk: Buffer): void => {
      if (inBody) {
        read(chunk);
        return;
      }
      head += chunk.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      inBody = true;
      read(Buffer.from(head.slice(end + 4), "latin1"));
    };
    socket.removeAllListeners("data").on("data", onData);
    onData(Buffer.alloc(0));
  });
}

/** Held back for good: nothing has moved between some looks in a row. */
export async function heldBack(progress: { readonly sent: number }): Promise<number> {
  let last = -1;
  let still = 0;
  await waitFor(
    () => {
      still = progress.sent === last && last > 0 ? still + 1 : 0;
      last = progress.sent;
      return still === 20;
    },
    { what: "the sender to be held back" },
  );
  return last;
}
