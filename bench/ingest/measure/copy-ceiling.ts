import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { openSql, type Sql } from "@weir/store";
import { cpuSeconds } from "../../shared/process-usage.ts";
import type { Database } from "../../shared/start-database.ts";
import { BinaryRows } from "./binary-rows.ts";

export interface CopyTurn {
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** CPU of Postgres for a row. */
  readonly postgresUs: number;
}

/** How far each partition of `span` had been filled, in pages. */
export type Mark = ReadonlyMap<string, number>;

interface Part {
  readonly rows: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * What this Postgres does at best: the rows that were ingested, copied in again through one connection into a table
 * with the same partitions and indexes, in batches of the same size, each committed by itself.
 */
export class CopyCeiling {
  readonly #database: Database;
  readonly #sql: Sql;
  readonly #file: string;

  constructor(database: Database, dir: string) {
    this.#database = database;
    this.#sql = openSql(database.databaseUrl, { applicationName: "bench-copy", max: 1 });
    this.#file = join(dir, "rows.copy");
  }

  async mark(): Promise<Mark> {
    const partitions = await this.#partitions();
    return new Map(partitions.map(({ name, pages }) => [name, pages]));
  }

  /** Copies what has been ingested since `mark`, a batch of `rowsEach` rows at a time. */
  async turn(mark: Mark, rowsEach: number): Promise<CopyTurn> {
    await this.#likePartitions();
    const parts = await this.#export(mark, rowsEach);
    const file = openSync(this.#file, "r");
    try {
      const cpu = cpuSeconds(this.#database.pid);
      let ms = 0;
      for (const { offset, length } of parts) {
        const bytes = Buffer.alloc(length);
        readSync(file, bytes, 0, length, offset);
        const startedAt = performance.now();
        const copy = await this.#sql`COPY ceiling.span FROM STDIN (FORMAT binary)`.writable();
        copy.end(bytes);
        await finished(copy);
        ms += performance.now() - startedAt;
      }
      const rows = parts.reduce((sum, part) => sum + part.rows, 0);
      const postgresUs = ((cpuSeconds(this.#database.pid) - cpu) * 1e6) / rows;
      return { rows, rowsPerSecond: (rows * 1000) / ms, postgresUs };
    } finally {
      closeSync(file);
      rmSync(this.#file);
    }
  }

  close(): Promise<void> {
    return this.#sql.end({ timeout: 1 });
  }

  async #export(mark: Mark, rowsEach: number): Promise<Part[]> {
    const parts: Part[] = [];
    const file = openSync(this.#file, "w");
    let offset = 0;
    const rows = new BinaryRows(rowsEach, (part, count) => {
      writeSync(file, part);
      parts.push({ rows: count, offset, length: part.length });
      offset += part.length;
    });
    for (const { name } of await this.#partitions()) {
      const from = `(${mark.get(name) ?? 0},0)`;
      // Statement and name are ours; COPY takes no parameters.
      const out = await this.#sql
        .unsafe(`COPY (SELECT * FROM ${name} WHERE ctid >= '${from}') TO STDOUT (FORMAT binary)`)
        .readable();
      for await (const chunk of out) rows.push(chunk as Buffer);
      rows.end();
    }
    closeSync(file);
    return parts;
  }

  /** A second `span` in a schema of its own, with whatever partitions the first has by now. */
  async #likePartitions(): Promise<void> {
    await this.#sql`CREATE SCHEMA IF NOT EXISTS ceiling`;
    await this.#sql`
      CREATE TABLE IF NOT EXISTS ceiling.span (LIKE public.span INCLUDING ALL) PARTITION BY RANGE (start_ns)`;
    for (const { name, bound } of await this.#partitions())
      await this.#sql.unsafe(`CREATE TABLE IF NOT EXISTS ceiling.${name} PARTITION OF ceiling.span ${bound}`);
  }

  #partitions() {
    return this.#sql<{ name: string; bound: string; pages: number }[]>`
      SELECT relname AS name, pg_get_expr(relpartbound, c.oid) AS bound,
        (pg_relation_size(c.oid) / current_setting('block_size')::int)::int AS pages
      FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
      WHERE inhparent = 'public.span'::regclass ORDER BY relname`;
  }
}
