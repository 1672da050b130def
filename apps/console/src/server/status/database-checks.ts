import { type Check, failed, fewOf, ok, warning } from "./check.ts";
import type { DatabaseFacts, MeshFacts } from "./mesh-facts.ts";

/** Clocks that differ by more show the past as now; by much more, the map looks where nothing is yet. */
const clockWarningMs = 1_000;
const clockFailedMs = 10_000;
/** Partitions are made three hours ahead, every minute. */
const headRoomWarningHours = 1;

/** Whether the database is fit for what is stored in it. */
export function databaseChecks({ database, collector, atMs }: MeshFacts): Check[] {
  const collectorMs = collector.status?.atMs;
  return [
    { id: "database.migrated", ...of(database, migrated) },
    { id: "database.clock", ...of(database, ({ state }) => clock("database", state.nowMs - atMs)) },
    { id: "database.partitions", ...of(database, (facts) => partitions(facts, atMs)) },
    {
      id: "collector.clock",
      ...(collectorMs === undefined
        ? ({ state: "unknown", says: "the collector does not tell its time" } as const)
        : clock("collector", collectorMs - atMs)),
    },
  ];
}

function of(database: DatabaseFacts | undefined, look: (facts: DatabaseFacts) => Omit<Check, "id">) {
  return database
    ? look(database)
    : ({ state: "unknown", says: "not known while the database is away" } as const);
}

function migrated({ state: { pending, unknown } }: DatabaseFacts) {
  if (unknown.length > 0)
    return failed(
      `the database has migrations of a newer release: ${fewOf(unknown)}`,
      "update Weir, or use another database",
    );
  return pending.length === 0
    ? ok("the database has this release's schema")
    : failed(
        `migrations of this release that were not applied: ${fewOf(pending)}`,
        'stop Weir and run "npm start" again, which applies them; or run "npx prisma migrate deploy"',
      );
}

function clock(whose: string, aheadMs: number) {
  const apart = `${(Math.abs(aheadMs) / 1_000).toFixed(1)} s ${aheadMs < 0 ? "behind" : "ahead of"}`;
  if (Math.abs(aheadMs) < clockWarningMs) return ok(`the clocks of the ${whose} and the console agree`);
  const tell = Math.abs(aheadMs) < clockFailedMs ? warning : failed;
  return tell(
    `the clock of the ${whose} is ${apart} the console's`,
    "let both machines follow a time server (NTP); what is newest is else missing, or in the future",
  );
}

function partitions({ partitionsUntilMs }: DatabaseFacts, nowMs: number) {
  const hours = partitionsUntilMs === undefined ? 0 : (partitionsUntilMs - nowMs) / 3_600_000;
  if (hours >= headRoomWarningHours) return ok(`there are partitions for ${hours.toFixed(1)} h to come`);
  const tell = hours > 0 ? warning : failed;
  return tell(
    `there are partitions for ${Math.max(0, hours).toFixed(1)} h to come`,
    "the collector makes them every minute; its log says what keeps it from that",
  );
}
