import type { Transaction } from "./config-database.ts";

/** The time by the database's clock. Those of the hosts that change something may differ, and what follows rests on the order. */
export async function databaseNow(transaction: Transaction): Promise<Date> {
  const [row] = await transaction.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  return row.now;
}
