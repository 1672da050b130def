import type { SpoolRequest } from "../record.ts";
import type { Spool, SpooledRequest } from "../spool.ts";

/** A request whose body is this text, filled up with blanks to a length. */
export function requestOf(text: string, bytes = text.length): SpoolRequest {
  return {
    signal: "traces",
    encoding: "protobuf",
    body: Buffer.from(text.padEnd(bytes)),
    receivedNs: 1_764_000_000_000_000_000n,
  };
}

export const textOf = ({ body }: SpoolRequest): string => body.toString().trimEnd();

/** Reads and consumes all there is, a small batch at a time. */
export async function drain(spool: Spool): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const batch: readonly SpooledRequest[] = await spool.read({ bytes: 4096, requests: 7 });
    const last = batch.at(-1);
    if (!last) return texts;
    texts.push(...batch.map(textOf));
    await spool.advance(last);
  }
}
