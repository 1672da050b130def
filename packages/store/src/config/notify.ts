import { type Channel, channels } from "../connection/subscribe.ts";
import type { Transaction } from "./config-database.ts";

/** Tells all who subscribed, when the transaction commits. The one place that notifies about config. */
export async function notifyConfig(transaction: Transaction, revision: number): Promise<void> {
  await notify(transaction, channels.config, String(revision));
}

export async function notifyEndpoints(transaction: Transaction): Promise<void> {
  await notify(transaction, channels.endpoints, "");
}

async function notify(transaction: Transaction, channel: Channel, payload: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_notify(${channel}, ${payload})`;
}
