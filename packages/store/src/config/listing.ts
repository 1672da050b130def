/** A row that this release cannot read, as one that a later release has written. */
export interface UnreadableRow {
  readonly id: number;
  /** What it is about, such as `shop/payments`. */
  readonly subject: string;
  readonly why: string;
}

/** A page of rows, newest first. One that cannot be read is told beside the others, and hides none of them. */
export interface Listing<T> {
  readonly found: readonly T[];
  readonly unreadable: readonly UnreadableRow[];
  /** Older ones have ids below this; undefined: there are none. */
  readonly before: number | undefined;
}

/** @param rows one more than the limit, so that it is known whether there are older ones. */
export function listing<Row extends { readonly id: number }, T>(
  rows: readonly Row[],
  limit: number,
  read: (row: Row) => T,
  subjectOf: (row: Row) => string,
): Listing<T> {
  const page = rows.slice(0, limit);
  const found: T[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const row of page)
    try {
      found.push(read(row));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      unreadable.push({ id: row.id, subject: subjectOf(row), why });
    }
  return { found, unreadable, before: rows.length > limit ? page.at(-1)?.id : undefined };
}
