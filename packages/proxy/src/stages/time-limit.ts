import type { RequestFailure } from "../request-failure.ts";
import type { BufferedStream } from "../stream/buffered-stream.ts";
import type { RevocableStream } from "../stream/revocable-stream.ts";

export interface TimeLimit {
  /** From when the request is complete. */
  readonly limitMs: number;
  readonly request: BufferedStream;
  /** What is taken away when the time is over. */
  readonly stream: RevocableStream;
  readonly failure: () => RequestFailure;
}

/**
 * Runs until it is done or its time is over, and then rejects at once: a connection that is still being made does
 * not hold up the answer.
 */
export function limitTime(
  { limitMs, request, stream, failure }: TimeLimit,
  run: () => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let over = false;
    let timer: NodeJS.Timeout | undefined;
    const expire = (): void => {
      if (stream.timeless) return;
      const error = failure();
      stream.revoke(error);
      reject(error);
    };
    request.whenComplete(() => {
      if (!over) timer = setTimeout(expire, limitMs);
    });
    const end = (): void => {
      over = true;
      clearTimeout(timer);
    };
    run().then(
      () => {
        end();
        resolve();
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });
}
