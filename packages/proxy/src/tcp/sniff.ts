import type { Wire } from "../wire/wire.ts";

/** What a connection's first bytes say it is. */
export type Sniffed = "http" | "other";

/** Servers that speak first, such as SMTP or MySQL, have clients that wait: those are taken for TCP after this. */
const silenceMs = 300;

const httpStart = /^[A-Z]{3,16} (?:[/*]|[Hh][Tt][Tt][Pp]:)/;
const preface = "PRI * HTTP/2.0\r\n";
const httpPrefix = /^(?:[A-Z]{0,16}|[A-Z]{3,16} (?:[Hh][Tt]{0,2}[Pp]?)?)$/;

/**
 * Tells HTTP from anything else: HTTP/1.1 by a method in capitals and a target after it, HTTP/2 by its preface.
 * Undefined while the bytes could still become either.
 */
export function classify(bytes: Buffer): Sniffed | undefined {
  const text = bytes.toString("latin1", 0, 24);
  if (text.startsWith(preface)) return "http";
  if (text.startsWith("PRI")) return preface.startsWith(text) ? undefined : "other";
  if (httpStart.test(text)) return "http";
  return httpPrefix.test(text) ? undefined : "other";
}

/** Reads until it is clear what the connection speaks; the bytes read are returned and not lost. */
export function sniff(wire: Wire, first: Buffer | undefined): Promise<{ kind: Sniffed; bytes: Buffer }> {
  return new Promise((resolve) => {
    let bytes = first ?? Buffer.alloc(0);
    const finish = (kind: Sniffed): void => {
      clearTimeout(timer);
      wire.onData = ignore;
      wire.onEnd = wire.onClose = ignore;
      wire.pause();
      resolve({ kind, bytes });
    };
    const timer = setTimeout(() => finish("other"), silenceMs);
    const kind = bytes.length > 0 ? classify(bytes) : undefined;
    if (kind) {
      finish(kind);
      return;
    }
    wire.onData = (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      const found = classify(bytes);
      if (found) finish(found);
    };
    wire.onEnd = wire.onClose = () => finish("other");
    wire.resume();
  });
}

function ignore(): void {}
