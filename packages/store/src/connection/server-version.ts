import { guarded, type Sql } from "./open-sql.ts";

/** The version of Postgres, as it says it itself: `18.4`, or with words of who packaged it. */
export function serverVersion(sql: Sql): Promise<string> {
  return guarded(sql, async () => {
    const [row] = await sql<{ text: string }[]>`SELECT current_setting('server_version') AS text`;
    return row?.text ?? "";
  });
}
