import type postgres from "postgres";

/** A pool of the client's that can be told to begin anew. */
export interface RenewableSql extends postgres.Sql {
  /** Uses new connections from now on; those in use finish what they have begun. */
  renew(): void;
}

/** What a pool that is no longer used gets to finish what it has begun. */
const finishMs = 60_000;

/**
 * A pool that is replaced as soon as one of its connections has closed, for whatever reason. The client would use
 * the place of that connection again, and may find it unable to connect for good: a write that was waiting when
 * the connection broke keeps all later ones from being sent (porsager/postgres pull request 1215).
 */
export function renewedPool(open: (onClose: () => void) => postgres.Sql): RenewableSql {
  const retired = new Map<postgres.Sql, NodeJS.Timeout>();
  const openNext = (): postgres.Sql => {
    const pool = open(() => {
      if (pool === current) renew();
    });
    return pool;
  };
  let current = openNext();
  const renew = () => {
    const old = current;
    current = openNext();
    const end = () => {
      retired.delete(old);
      old.end({ timeout: 5 }).catch(() => {});
    };
    retired.set(old, setTimeout(end, finishMs).unref());
  };
  const end: postgres.Sql["end"] = async (options) => {
    for (const timer of retired.values()) clearTimeout(timer);
    await Promise.all([current, ...retired.keys()].map((pool) => pool.end(options)));
  };
  const own: Readonly<Record<PropertyKey, unknown>> = { end, renew };
  return new Proxy(current, {
    apply: (_, self, parameters) => Reflect.apply(current, self, parameters),
    get: (_, name) => (Object.hasOwn(own, name) ? own[name] : Reflect.get(current, name)),
  }) as RenewableSql;
}
