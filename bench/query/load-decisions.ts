import type { Sql } from "@weir/store";
import type { LoadedData } from "./loaded-data.ts";

const policies = 100;
const sourcesEach = 10;

/** A hundred policies, each on a service that ten others call: of 10 s for the last hour, of an hour for all days. */
export async function loadDecisions(sql: Sql, { services, days, untilMs }: LoadedData): Promise<void> {
  await sql.unsafe(`
    INSERT INTO decision_series (namespace, policy, kind, revision, mode, verdict, source_id, destination_id)
    SELECT 'team-' || (d % 20), 'policy-' || d, 'canary', 1, 'observe', 'version=v' || 1 + s % 2, 1 + (d * 7 + s) % ${services}, d
    FROM generate_series(1, LEAST(${policies}, ${services})) AS d, generate_series(1, ${sourcesEach}) AS s;

    INSERT INTO decision_10s (series_id, slot_ms, evaluated, would_act, acted)
    SELECT id, ${untilMs} - 10000 * slot, 200, 20, 0 FROM generate_series(1, 360) AS slot, decision_series;

    INSERT INTO decision_1h (series_id, slot_ms, evaluated, would_act, acted)
    SELECT id, ${untilMs} - 3600000 * slot, 72000, 7200, 0 FROM generate_series(1, ${days} * 24) AS slot, decision_series`);
}
