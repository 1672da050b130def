import type { ConfigDatabase, Transaction } from "./config-database.ts";
import { forgetOldChanges, recordDeparture } from "./convergence.ts";
import { notifyEndpoints } from "./notify.ts";

// Whatever has to do with sidecars locks their rows first, in the order of their ids, then those of changes under way,
// of workloads and of endpoints: whoever does otherwise can meet another in a deadlock. Time is the database's, so that
// controllers' clocks don't matter.

/**
 * An endpoint whose lease ran out while nobody could renew it (the database was away, say) comes back.
 * @returns ids that are not known any more; these sidecars must register again.
 */
export function renewLeases(
  database: ConfigDatabase,
  controllerId: string,
  proxyIds: readonly string[],
  leaseMs: number,
): Promise<string[]> {
  if (proxyIds.length === 0) return Promise.resolve([]);
  const ids = [...proxyIds];
  return database.write(async (transaction) => {
    const known = await transaction.$queryRaw<{ id: string; own: boolean }[]>`
      SELECT proxy_id AS id, controller_id = ${controllerId} AS own FROM sidecar
      WHERE proxy_id = ANY(${ids}) ORDER BY proxy_id FOR UPDATE`;
    const own = known.filter((row) => row.own).map((row) => row.id);
    await transaction.$executeRaw`
      UPDATE sidecar SET lease_until = now() + ${leaseMs} * interval '1 millisecond', connected = true,
        disconnected_at = NULL
      WHERE proxy_id = ANY(${own})`;
    await transaction.$executeRaw`
      UPDATE workload SET last_seen = now() WHERE id IN (
        SELECT id FROM workload
        WHERE last_seen < now() - interval '1 minute'
          AND id IN (SELECT workload_id FROM sidecar WHERE proxy_id = ANY(${own}))
        ORDER BY id FOR NO KEY UPDATE)`;
    const [revived] = await transaction.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM endpoint WHERE proxy_id = ANY(${own}) AND lease_until <= now()`;
    await transaction.$executeRaw`
      UPDATE endpoint e SET lease_until = s.lease_until FROM sidecar s
      WHERE s.proxy_id = e.proxy_id AND e.proxy_id = ANY(${own})`;
    const returned = await transaction.$executeRaw`
      INSERT INTO endpoint (proxy_id, workload_id, address, zone, lease_until)
      SELECT proxy_id, workload_id, address, zone, lease_until FROM sidecar s
      WHERE proxy_id = ANY(${own}) AND address IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM endpoint e WHERE e.proxy_id = s.proxy_id)
      ON CONFLICT (address) DO NOTHING`;
    if (returned > 0 || (revived?.count ?? 0) > 0) await notifyEndpoints(transaction);
    const found = new Set(known.map((row) => row.id));
    return ids.filter((id) => !found.has(id));
  });
}

export function releaseSidecar(
  database: ConfigDatabase,
  proxyId: string,
  controllerId?: string,
): Promise<void> {
  return database.write(async (transaction) => {
    // It may have come back through another controller before this one noticed that it was gone.
    const held = await transaction.$queryRaw<unknown[]>`
      SELECT 1 FROM sidecar
      WHERE proxy_id = ${proxyId} AND (${controllerId ?? null}::text IS NULL OR controller_id = ${controllerId ?? null})
      FOR UPDATE`;
    if (held.length > 0) await disconnect(transaction, [proxyId]);
  });
}

/** Also forgets sidecars that have been gone for an hour, as each run of one has a new id, and old changes. */
export function expireLeases(database: ConfigDatabase): Promise<number> {
  return database.write(async (transaction) => {
    const expired = await transaction.$queryRaw<{ id: string }[]>`
      SELECT proxy_id AS id FROM sidecar WHERE connected AND lease_until <= now()
      ORDER BY proxy_id FOR UPDATE SKIP LOCKED`;
    await transaction.$executeRaw`
      DELETE FROM sidecar WHERE proxy_id IN (
        SELECT proxy_id FROM sidecar WHERE NOT connected AND disconnected_at < now() - interval '1 hour'
        ORDER BY proxy_id FOR UPDATE SKIP LOCKED)`;
    await forgetOldChanges(transaction);
    if (expired.length === 0) return 0;
    return disconnect(
      transaction,
      expired.map((row) => row.id),
    );
  });
}

async function disconnect(transaction: Transaction, proxyIds: string[]): Promise<number> {
  await recordDeparture(transaction, proxyIds);
  await transaction.$executeRaw`
    UPDATE workload SET last_seen = now() WHERE id IN (
      SELECT id FROM workload
      WHERE id IN (SELECT workload_id FROM sidecar WHERE proxy_id = ANY(${proxyIds}) AND connected)
      ORDER BY id FOR NO KEY UPDATE)`;
  await transaction.$executeRaw`
    UPDATE sidecar SET connected = false, disconnected_at = now(), lease_until = LEAST(lease_until, now())
    WHERE proxy_id = ANY(${proxyIds}) AND connected`;
  const removed = await transaction.$executeRaw`DELETE FROM endpoint WHERE proxy_id = ANY(${proxyIds})`;
  if (removed > 0) await notifyEndpoints(transaction);
  return removed;
}
