import type { SubscriptionState } from "@weir/store";
import { channels, subscribe } from "../store.ts";

/**
 * What changed. `lost`: the database is away and nothing is heard; `resync`: it is back, notices may have been
 * missed, so that everything may have changed.
 */
export type ChangeKind = "config" | "endpoints" | "telemetry" | "lost" | "resync";

/** Fans the database's notices out to any number of listeners over one LISTEN connection of the process. */
export interface ChangeHub {
  /** Calls `listener` for each change, at once with `lost` while nothing is heard, until the returned function is called. */
  listen(listener: (kind: ChangeKind) => void): () => void;
  /** Aborted when the hub is closed: nothing will be told any more. */
  readonly closed: AbortSignal;
  close(): Promise<void>;
}

const kindOf: Record<string, ChangeKind> = {
  [channels.config]: "config",
  [channels.endpoints]: "endpoints",
  [channels.telemetry]: "telemetry",
};

const retryMs = 2_000;

/** Listens from the first listener on; a database that is away at that moment is tried again until it is there. */
export function openChangeHub(databaseUrl: string): ChangeHub {
  const listeners = new Set<(kind: ChangeKind) => void>();
  let connection: Promise<{ close(): Promise<void> | void } | undefined> | undefined;
  let retry: NodeJS.Timeout | undefined;
  const closing = new AbortController();
  let hearing = true;

  const tell = (kind: ChangeKind) => {
    for (const listener of listeners) listener(kind);
  };

  const onNotify = (channel: string, payload: string) =>
    tell(payload === "resync" ? "resync" : (kindOf[channel] ?? "resync"));

  const onState = (state: SubscriptionState) => {
    const now = state === "listening";
    if (now !== hearing) tell(now ? "resync" : "lost");
    hearing = now;
  };

  const connect = () => {
    connection = subscribe(databaseUrl, Object.values(channels), onNotify, onState).catch(() => {
      onState("disconnected");
      if (!closing.signal.aborted) retry = setTimeout(connect, retryMs).unref();
      return undefined;
    });
  };

  return {
    closed: closing.signal,
    listen(listener) {
      if (connection === undefined) connect();
      listeners.add(listener);
      if (!hearing) listener("lost");
      return () => listeners.delete(listener);
    },
    async close() {
      closing.abort();
      clearTimeout(retry);
      await (await connection)?.close();
    },
  };
}
