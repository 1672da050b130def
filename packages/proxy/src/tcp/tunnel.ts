import type { Socket } from "node:net";

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
 * Joins two sockets both ways until both have ended. The end of one direction is passed on and the other goes on
 * (half-close), each waits for the other's full buffers, and a side that breaks takes the other with it.
 * Both sockets must allow half-open connections and have no listeners of others for data.
 */
export function tunnel(near: Socket, far: Socket, ahead: ReadAhead = {}): Promise<TunnelTotals> {
  return new Promise((resolve) => {
    let sentBytes = 0;
    let receivedBytes = 0;
    let open = 2;
    let broken = false;
    const closed = (): void => {
      if (--open === 0) resolve({ sentBytes, receivedBytes, broken });
    };
    const join = (
      from: Socket,
      to: Socket,
      first: Buffer | undefined,
      count: (bytes: number) => void,
    ): void => {
      if (first?.length) {
        count(first.length);
        to.write(first);
      }
      from.on("data", (chunk: Buffer) => {
        count(chunk.length);
        if (!to.write(chunk)) from.pause();
      });
      if (from.readableEnded) to.end();
      else from.on("end", () => to.end());
      from.on("drain", () => to.resume());
      from.on("error", () => {
        broken = true;
        to.destroy();
      });
      const onClose = (): void => {
        if (!from.readableEnded) {
          broken = true;
          to.destroy();
        }
        closed();
      };
      if (from.closed) onClose();
      else from.on("close", onClose);
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
