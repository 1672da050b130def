import { inTransaction } from "../connection/in-transaction.ts";
import { guarded, type Sql, type TransactionSql } from "../connection/open-sql.ts";
import { forgetAttributeSets } from "./forget-attribute-sets.ts";
import { type PartitionedTable, partitionedTables } from "./partitioned-tables.ts";
import { defaultRetention, type Retention, retentionOf } from "./retention.ts";
import { hourMs } from "./time.ts";

export interface PartitionSettings {
  readonly nowMs: number;
  /** Hours made ahead of the current one. */
  readonly aheadHours: number;
  /** Hours kept before the current one; {@link defaultRetention} unless told. */
  readonly retention?: Retention;
  /** The same for all that has no longer retention by default, in place of `retention`. */
  readonly retentionHours?: number;
}

/** Any number will do, as long as nobody else uses it for something else. */
const advisoryLock = 0x77656972;
/** Rows of outliers kept a table; more would be a sender whose clock is off for good. */
const outliersKept = 100_000;

/**
 * Makes the partitions of the hours from now on, and of kept hours that have rows among the outliers (whose rows
 * move there); drops those past retention; forgets digests and attribute sets past it. Meant for every few minutes: safe beside
 * running writers and other callers, of whom one works at a time and the others leave it to that one.
 */
export function maintainPartitions(
  sql: Sql,
  { nowMs, aheadHours, retention, retentionHours }: PartitionSettings,
): Promise<{ created: string[]; dropped: string[] }> {
  return guarded(sql, async () => {
    const nowHour = Math.floor(nowMs / hourMs);
    const kept = retention ?? (retentionHours === undefined ? defaultRetention : retentionOf(retentionHours));
    const created: string[] = [];
    const dropped: string[] = [];
    for (const table of partitionedTables) {
      const have = await hoursOf(sql, table);
      const from = nowHour - kept[table.kept];
      const to = nowHour + aheadHours;
      const wanted = new Set(await outlierHours(sql, table, from, to));
      for (let hour = firstWanted(table, have, { from, nowHour }); hour <= to; hour += table.hours)
        wanted.add(hour);
      for (const hour of [...wanted].sort((a, b) => a - b))
        if (!have.has(hour) && (await createPartition(sql, table, hour)))
          created.push(partitionName(table, hour));
      for (const hour of have)
        if (hour + table.hours <= from && (await dropPartition(sql, table, hour)))
          dropped.push(partitionName(table, hour));
      await limitOutliers(sql, table, from, to);
    }
    const oldest = new Date(nowMs - kept.spans * hourMs);
    await sql`DELETE FROM ingest_request WHERE received_at < ${oldest}`;
    await forgetAttributeSets(sql, nowHour - kept.spans);
    return { created, dropped };
  });
}

/** `span_h490123`: by its first hour since 1970, which sorts and computes better than a date. */
function partitionName({ name }: PartitionedTable, hour: number): string {
  return `${name}_h${hour}`;
}

/** First hour of the partition that an hour belongs to. */
function firstHour({ hours }: PartitionedTable, hour: number): number {
  return Math.floor(hour / hours) * hours;
}

/** This hour's, or what follows the newest there is: after a long absence none is missing in between. */
function firstWanted(
  table: PartitionedTable,
  have: ReadonlySet<number>,
  { from, nowHour }: { readonly from: number; readonly nowHour: number },
): number {
  const current = firstHour(table, nowHour);
  if (have.size === 0) return current;
  const next = Math.max(...have) + table.hours;
  return Math.min(current, Math.max(next, firstHour(table, from)));
}

async function hoursOf(sql: Sql, { name }: PartitionedTable): Promise<Set<number>> {
  const rows = await sql<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ${name}::regclass`;
  return new Set(rows.flatMap((row) => Number(/_h(\d+)$/.exec(row.name)?.[1] ?? Number.NaN) || []));
}

/** First hours of partitions, none of them past retention, that would have rows which are among the outliers. */
async function outlierHours(sql: Sql, table: PartitionedTable, from: number, to: number): Promise<number[]> {
  const length = units(table, table.hours);
  const rows = await sql<{ place: number }[]>`
    SELECT DISTINCT (${sql(table.column)} / ${length}::bigint)::int AS place
    FROM ${sql(`${table.name}_default`)}
    WHERE ${sql(table.column)} >= ${units(table, firstHour(table, from))}::bigint
      AND ${sql(table.column)} < ${units(table, firstHour(table, to) + table.hours)}::bigint`;
  return rows.map(({ place }) => place * table.hours).filter((hour) => hour + table.hours > from);
}

/**
 * Made beside the table and attached: CREATE … PARTITION OF would shut out readers too. Attaching demands that
 * DEFAULT has no row of that hour, so its rows move first. Writers wait meanwhile, some milliseconds where few rows move: one that had
 * chosen DEFAULT for a row just before would fail ("violates partition constraint").
 */
function createPartition(sql: Sql, table: PartitionedTable, hour: number): Promise<boolean> {
  const name = partitionName(table, hour);
  const [from, to] = [units(table, hour), units(table, hour + table.hours)];
  const fallback = `${table.name}_default`;
  return inShortTransaction(sql, async (transaction) => {
    if (await exists(transaction, name)) return false;
    await transaction.unsafe(`
      CREATE TABLE ${name} (LIKE ${table.name} INCLUDING ALL) WITH (fillfactor = ${table.updated ? 85 : 100});
      LOCK TABLE ${table.name} IN SHARE ROW EXCLUSIVE MODE;
      WITH moved AS (DELETE FROM ${fallback} WHERE ${table.column} >= ${from} AND ${table.column} < ${to} RETURNING *)
      INSERT INTO ${name} SELECT * FROM moved;
      ALTER TABLE ${table.name} ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to});
    `);
    return true;
  });
}

/** Not before its sums are part of the coarser ones: a collector may have been away for longer than the retention. */
function dropPartition(sql: Sql, table: PartitionedTable, hour: number): Promise<boolean> {
  const name = partitionName(table, hour);
  const endMs = (hour + table.hours) * hourMs;
  const coarser = partitionedTables.find(({ rollup }) => rollup?.finer === table.name);
  return inShortTransaction(sql, async (transaction) => {
    if (!(await exists(transaction, name))) return false;
    if (coarser && !(await isComplete(transaction, coarser, endMs))) return false;
    // In the order in which the folder takes its locks: the table, then its row among the rollups.
    await transaction.unsafe(`LOCK TABLE ${table.name} IN ACCESS EXCLUSIVE MODE`);
    if (table.rollup)
      await transaction`
        UPDATE rollup SET kept_from_ms = GREATEST(kept_from_ms, ${endMs}) WHERE name = ${table.name}`;
    await transaction.unsafe(`DROP TABLE ${name}`);
    return true;
  });
}

async function isComplete(
  transaction: TransactionSql,
  { name }: PartitionedTable,
  untilMs: number,
): Promise<boolean> {
  const [row] = await transaction<{ complete: boolean }[]>`
    SELECT complete_until_ms >= ${untilMs} AS complete FROM rollup WHERE name = ${name}`;
  return row?.complete ?? false;
}

async function exists(transaction: TransactionSql, name: string): Promise<boolean> {
  const [row] = await transaction<{ exists: boolean }[]>`SELECT to_regclass(${name}) IS NOT NULL AS exists`;
  return row?.exists ?? false;
}

/**
 * One table a transaction, so that no two locks are held at once; and rather give up, and try again at the next
 * call, than let every reader and writer queue up behind one.
 */
async function inShortTransaction(
  sql: Sql,
  work: (transaction: TransactionSql) => Promise<boolean>,
): Promise<boolean> {
  return inTransaction(sql, async (transaction) => {
    const [lock] = await transaction<{ mine: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(${advisoryLock}) AS mine`;
    if (!lock?.mine) return false;
    await transaction`SET LOCAL lock_timeout = '5s'`;
    return work(transaction);
  });
}

/**
 * Those beyond the limit go in the order in which they came, roughly: by their place in the table. Rows of hours
 * that are kept are no outliers: they wait for their partition, which somebody else may be making.
 */
async function limitOutliers(sql: Sql, table: PartitionedTable, from: number, to: number): Promise<void> {
  const [fromUnits, toUnits] = [
    units(table, firstHour(table, from)),
    units(table, firstHour(table, to) + table.hours),
  ];
  await inShortTransaction(sql, async (transaction) => {
    const fallback = transaction(`${table.name}_default`);
    const column = transaction(table.column);
    const outlying = transaction`(${column} < ${fromUnits}::bigint OR ${column} >= ${toUnits}::bigint)`;
    await transaction`
      DELETE FROM ${fallback} WHERE ctid IN (
        SELECT ctid FROM ${fallback} WHERE ${outlying} ORDER BY ctid
        LIMIT GREATEST(0, (SELECT count(*) FROM ${fallback} WHERE ${outlying}) - ${outliersKept}))`;
    return true;
  });
}

function units({ unitsPerMs }: PartitionedTable, hours: number): string {
  return String(BigInt(hours) * BigInt(hourMs) * unitsPerMs);
}
