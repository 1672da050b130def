import type { Socket } from "node:net";

/** What a connection's first bytes say it is. */
export type Sniffed = "http1" | "other";

/** Servers that speak first, such as SMTP or MySQL, have clients that wait: those are taken for TCP after this. */
const silenceMs = 300;

const httpStart = /^[A-Z]{3,16} (?:[/*]|[Hh][Tt][Tt][Pp]:)/;
const httpPrefix = /^(?:[A-Z]{0,16}|[A-Z]{3,16} (?:[Hh][Tt]{0,2}[Pp]?)?)$/;

/**
 * Tells HTTP/1.1 from anything else by a method in capitals and a target after it; the preface of HTTP/2 is not
 * taken for one. Undefined while the bytes could still become either.
 */
export function classify(bytes: Buffer): Sniffed | undefined {
  const text = bytes.toString("latin1", 0, 24);
  if (text.startsWith("PRI ")) return "other";
  if (httpStart.test(text)) return "http1";
  return httpPrefix.test(text) ? undefined : "other";
}

/** Reads until it is clear what the connection speaks; the bytes read are returned and not lost. */
export function sniff(socket: Socket, first: Buffer | undefined): Promise<{ kind: Sniffed; bytes: Buffer }> {
  return new Promise((resolve) => {
    let bytes = first ?? Buffer.alloc(0);
    const finish = (kind: Sniffed): void => {
      clearTimeout(timer);
      socket.off("data", onData).off("end", onEnd).off("close", onEnd);
      socket.pause();
      resolve({ kind, bytes });
    };
    const onData = (chunk: Buffer): void => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      const kind = classify(bytes);
      if (kind) finish(kind);
    };
    const onEnd = (): void => finish("other");
    const timer = setTimeout(() => finish("other"), silenceMs);
    const kind = bytes.length > 0 ? classify(bytes) : undefined;
    if (kind) {
      finish(kind);
      return;
    }
    socket.on("data", onData).on("end", onEnd).on("close", onEnd);
    socket.resume();
  });
}
