import type { Wire } from "../wire/wire.ts";

/** Bytes read from a socket before it became part of a tunnel. */
export interface ReadAhead {
  readonly near?: Buffer | undefined;
  readonly far?: Buffer | undefined;
}

/** Told of bytes as they pass; `sent`: from `near` to `far`. */
export type TunnelCount = (way: "sent" | "received", bytes: number) => void;

/**
 * Joins two connections both ways until both have ended. The end of one direction is passed on and the other goes on
 * (half-close), each waits for the other's full buffers, and a side that breaks takes the other with it; resolves to
 * the side that broke, if one did instead of ending.
 * Both must allow half-open connections, and are taken over from whoever had them.
 */
export function tunnel(
  near: Wire,
  far: Wire,
  ahead: ReadAhead,
  count: TunnelCount,
): Promise<"near" | "far" | undefined> {
  return new Promise((resolve) => {
    let open = 2;
    let brokenBy: "near" | "far" | undefined;
    const join = (side: "near" | "far", from: Wire, to: Wire): void => {
      const way = side === "near" ? "sent" : "received";
      const first = ahead[side];
      if (first?.length) {
        count(way, first.length);
        to.send(first);
      }
      from.onData = (chunk) => {
        count(way, chunk.length);
        if (!to.send(chunk)) from.pause();
      };
      from.onDrain = () => to.resume();
      if (from.ended) to.end();
      else from.onEnd = () => to.end();
      const onClose = (): void => {
        if (!from.ended) {
          brokenBy ??= side;
          to.destroy();
        }
        if (--open === 0) resolve(brokenBy);
      };
      if (from.socket.closed) onClose();
      else from.onClose = onClose;
    };
    join("near", near, far);
    join("far", far, near);
    near.resume();
    far.resume();
  });
}
