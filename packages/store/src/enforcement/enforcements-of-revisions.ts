import { guarded, type Sql } from "../connection/open-sql.ts";

/** The enforcement that was begun or taken back with a revision of the configuration, by that revision; others have none. */
export function enforcementsOfRevisions(
  sql: Sql,
  revisions: readonly number[],
): Promise<Map<number, number>> {
  return guarded(sql, async () => {
    const rows = await sql<{ revision: number; id: number }[]>`
      SELECT config_revision AS revision, enforcement_id AS id FROM enforcement_event
      WHERE config_revision = ANY(${[...revisions]}::int[])`;
    return new Map(rows.map(({ revision, id }) => [revision, id]));
  });
}
