/** Why a process stops. */
export type ShutdownReason = "SIGTERM" | "SIGINT" | "disconnect";

/** The part of `process` that a graceful stop needs. */
export interface StoppableProcess {
  readonly connected?: boolean;
  once(event: ShutdownReason, listener: () => void): unknown;
  exit(code: number): void;
}

export interface ShutdownSettings {
  /** Default 10 s: after that the process ends with exit code 1. */
  readonly deadlineMs?: number;
  /** Told what did not stop in time, or failed to; default: one line on stderr. */
  readonly onFailure?: (error: Error) => void;
  readonly process?: StoppableProcess;
}

/** Stopping took longer than it may. */
export class ShutdownTimedOut extends Error {
  readonly code = "SHUTDOWN_TIMED_OUT";

  constructor(deadlineMs: number) {
    super(`did not stop within ${deadlineMs / 1000} s`);
    this.name = "ShutdownTimedOut";
  }
}

/**
 * Runs `stop` once, on SIGTERM, SIGINT, or when the supervisor at the other end of IPC is gone, and exits: 0 when it
 * resolved, 1 when it failed, took longer than the deadline, or a second signal came.
 */
export function onShutdown(
  stop: (reason: ShutdownReason) => Promise<void>,
  settings: ShutdownSettings = {},
): void {
  const target = settings.process ?? process;
  const deadlineMs = settings.deadlineMs ?? 10_000;
  const onFailure = settings.onFailure ?? ((error: Error) => void console.error(error.message));
  const reasons: ShutdownReason[] = ["SIGTERM", "SIGINT", "disconnect"];
  let stopping = false;

  const shutDown = async (reason: ShutdownReason): Promise<void> => {
    // Every reason fires once, so whatever comes second is an order to end at once.
    if (stopping) {
      // Losing the supervisor while it waits for us to stop is no such order.
      if (reason !== "disconnect") target.exit(1);
      return;
    }
    stopping = true;
    const timer = setTimeout(() => fail(new ShutdownTimedOut(deadlineMs)), deadlineMs);
    timer.unref();
    try {
      await stop(reason);
      target.exit(0);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    } finally {
      clearTimeout(timer);
    }
  };
  const fail = (error: Error): void => {
    onFailure(error);
    target.exit(1);
  };
  for (const reason of reasons) target.once(reason, () => void shutDown(reason));
}
