import { maskedAddress } from "@weir/domain";
import type { ConfigDatabase } from "../config/config-database.ts";
import type { DeliveryState, StoredTarget } from "./notification-store.ts";

interface TargetRow extends Omit<StoredTarget, "address" | "last"> {
  readonly url: string;
  readonly lastState: DeliveryState | null;
  readonly attemptedAt: Date | null;
  readonly error: string | null;
}

export function listTargets(database: ConfigDatabase): Promise<StoredTarget[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.$queryRaw<TargetRow[]>`
      SELECT t.id, t.name, t.url, t.format, t.topics, t.least_severity AS "leastSeverity", t.paused,
        t.created_at AS "createdAt", t.created_by AS "createdBy",
        (SELECT count(*)::int FROM delivery d WHERE d.target_id = t.id AND d.state = 'waiting') AS waiting,
        last.state AS "lastState", last.attempted_at AS "attemptedAt", last.error
      FROM notification_target t
      LEFT JOIN LATERAL (
        SELECT state, attempted_at, error FROM delivery
        WHERE target_id = t.id AND attempted_at IS NOT NULL ORDER BY attempted_at DESC LIMIT 1
      ) last ON true
      ORDER BY t.name`;
    return rows.map(({ url, lastState, attemptedAt, error, ...target }) => ({
      ...target,
      address: maskedAddress(url),
      last:
        lastState === null
          ? undefined
          : { state: lastState, attemptedAt: attemptedAt ?? undefined, error: error ?? undefined },
    }));
  });
}
