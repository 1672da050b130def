import type { PolicyKind, Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { DecisionCounts, EdgeName } from "./answers.ts";
import { countColumns, decisionSums } from "./decision-sums.ts";

/** What one revision of a policy, while it observed, said of the requests of one caller to one service. */
export interface ObservedDecisions extends EdgeName, Omit<DecisionCounts, "acted"> {
  readonly namespace: string;
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly revision: number;
  readonly verdict: string;
}

/** Whose decisions are asked for; absent members: all. */
export interface DecisionFilter {
  readonly namespace?: string | undefined;
  readonly policy?: string | undefined;
  /** The service that requests go to. */
  readonly service?: string | undefined;
}

type Row = Omit<ObservedDecisions, "source" | "destination"> & Record<"from" | "by" | "to" | "of", string>;

/** What policies said in a window while they observed, by edge and verdict; versions of a service are put together. */
export function observedDecisions(
  sql: Sql,
  { namespace, policy, service }: DecisionFilter,
  window: Window,
): Promise<ObservedDecisions[]> {
  return guarded(sql, async () => {
    const sums = sql.unsafe(await decisionSums(sql, window));
    const rows = await sql<Row[]>`
      SELECT d.namespace, d.policy, d.kind, d.revision, d.verdict,
        s.namespace AS "from", s.name AS by, t.namespace AS "to", t.name AS of, ${countColumns(sql)}
      FROM (${sums}) AS counted JOIN decision_series d ON d.id = series_id
        JOIN telemetry_service s ON s.id = d.source_id JOIN telemetry_service t ON t.id = d.destination_id
      WHERE d.mode = 'observe'
        ${namespace === undefined ? sql`` : sql`AND d.namespace = ${namespace}`}
        ${policy === undefined ? sql`` : sql`AND d.policy = ${policy}`}
        ${service === undefined ? sql`` : sql`AND t.name = ${service}`}
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9`;
    return rows.map(
      ({ from, by, to, of, namespace, policy, kind, revision, verdict, evaluated, wouldAct }) => ({
        ...{ namespace, policy, kind, revision, verdict, evaluated, wouldAct },
        source: { namespace: from, service: by },
        destination: { namespace: to, service: of },
      }),
    );
  });
}
