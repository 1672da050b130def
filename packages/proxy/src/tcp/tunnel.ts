import type { Wire } from "../wire/wire.ts";

export interface TunnelTotals {
  /** From `near` to `far`. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** One side broke instead of ending. */
  readonly broken: boolean;
}

/** Bytes read from a socket before it became part of a tunnel. */
export interface ReadAhead {
  readonly near?: Buffer | undefined;
  readonly far?: Buffer | undefined;
}

/**
 * Joins two connections both ways until both have ended. The end of one direction is passed on and the other goes on
 * (half-close), each waits for the other's full buffers, and a side that breaks takes the other with it.
 * Both must allow half-open connections, and are taken over from whoever had them.
 */
export function tunnel(near: Wire, far: Wire, ahead: ReadAhead = {}): Promise<TunnelTotals> {
  return new Promise((resolve) => {
    let sentBytes = 0;
    let receivedBytes = 0;
    let open = 2;
    let broken = false;
    const closed = (): void => {
      if (--open === 0) resolve({ sentBytes, receivedBytes, broken });
    };
    const join = (from: Wire, to: Wire, first: Buffer | undefined, count: (bytes: number) => void): void => {
      if (first?.length) {
        count(first.length);
        to.send(first);
      }
      from.onData = (chunk) => {
        count(chunk.length);
        if (!to.send(chunk)) from.pause();
      };
      from.onDrain = () => to.resume();
      if (from.ended) to.end();
      else from.onEnd = () => to.end();
      const onClose = (): void => {
        if (!from.ended) {
          broken = true;
          to.destroy();
        }
        closed();
      };
      if (from.socket.closed) onClose();
      else from.onClose = onClose;
    };
    join(near, far, ahead.near, (bytes) => {
      sentBytes += bytes;
    });
    join(far, near, ahead.far, (bytes) => {
      receivedBytes += bytes;
    });
    near.resume();
    far.resume();
  });
}
