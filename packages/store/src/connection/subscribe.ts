import pg from "pg";
import { databaseLabel, parseDatabaseUrl } from "./database-url.ts";
import { explainFailure } from "./explain-failure.ts";

const probeMs = 15_000;
const longestPauseMs = 5_000;

/** What is announced to whom (LISTEN / NOTIFY). A payload is a hint: read the tables for the truth. */
export const channels = {
  /** Payload: the global config revision. */
  config: "weir_config",
  /** Endpoints came or went; payload empty. */
  endpoints: "weir_endpoints",
  /** Payload: JSON `{"spans":n,"edges":n,"logs":n}`, counts of rows just committed. */
  telemetry: "weir_telemetry",
} as const;

export type Channel = (typeof channels)[keyof typeof channels];
export type SubscriptionState = "listening" | "disconnected";

/**
 * Listens on its own connection and reconnects by itself, with growing pauses of up to 5 s. Notifications sent
 * while it was away are lost, so after each reconnection every channel gets the payload `resync`.
 * Resolves once listening; rejects when the first connection fails.
 */
export async function subscribe(
  databaseUrl: string,
  listenTo: readonly Channel[],
  onNotify: (channel: Channel, payload: string) => void,
  onState: (state: SubscriptionState) => void = () => {},
): Promise<{ close(): Promise<void> }> {
  const subscription = new Subscription(parseDatabaseUrl(databaseUrl).href, listenTo, onNotify, onState);
  await subscription.connect();
  return subscription;
}

class Subscription {
  readonly #url: string;
  readonly #channels: readonly Channel[];
  readonly #onNotify: (channel: Channel, payload: string) => void;
  readonly #onState: (state: SubscriptionState) => void;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempts = 0;
  #closed = false;

  constructor(
    url: string,
    listenTo: readonly Channel[],
    onNotify: (channel: Channel, payload: string) => void,
    onState: (state: SubscriptionState) => void,
  ) {
    this.#url = url;
    this.#channels = listenTo;
    this.#onNotify = onNotify;
    this.#onState = onState;
  }

  async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: "weir-subscription",
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
    });
    client.on("notification", ({ channel, payload }) => {
      const known = this.#channels.find((name) => name === channel);
      if (known) this.#onNotify(known, payload ?? "");
    });
    client.on("error", () => {}); // 'end' follows and reconnects
    try {
      await client.connect();
      for (const channel of this.#channels) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw explainFailure(error, databaseLabel(new URL(this.#url))) ?? error;
    }
    if (this.#closed) return client.end();
    this.#client = client;
    this.#attempts = 0;
    client.on("end", () => this.#lost());
    this.#probe(client);
    this.#onState("listening");
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
  }

  /** A peer that vanished without a word is noticed only by asking: a failed query ends the client. */
  #probe(client: pg.Client): void {
    this.#timer = setTimeout(() => {
      client.query("SELECT 1").then(
        () => this.#client === client && this.#probe(client),
        () => client.end().catch(() => {}),
      );
    }, probeMs);
    this.#timer.unref();
  }

  #lost(): void {
    if (this.#closed) return;
    this.#client = undefined;
    clearTimeout(this.#timer);
    this.#onState("disconnected");
    this.#reconnectLater();
  }

  #reconnectLater(): void {
    const pauseMs = Math.min(100 * 2 ** this.#attempts++, longestPauseMs);
    this.#timer = setTimeout(() => {
      this.connect().then(
        () => {
          if (!this.#closed) for (const channel of this.#channels) this.#onNotify(channel, "resync");
        },
        () => !this.#closed && this.#reconnectLater(),
      );
    }, pauseMs);
  }
}
