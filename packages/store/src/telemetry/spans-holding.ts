import { guarded, type Sql } from "../connection/open-sql.ts";
import { isTraceId, traceIdToUuid } from "./ids.ts";
import { alternativesOf } from "./search/attribute-filter.ts";
import { textPatterns } from "./search/text-filter.ts";
import { joinAttributeSet } from "./span-attributes.ts";
import { traceHours } from "./trace-hours.ts";

/** What a span must have: an attribute, its own or its resource's, with this value; without a name, a text. */
interface HeldTerm {
  readonly name?: string | undefined;
  readonly value: string;
}

/**
 * The spans of a trace that have an attribute, or a text in a value of their own attributes or in their status message
 * (in upper or lower case). 17 characters each, one after another and in no order: the id, and the kind, which tells a
 * caller from its server where they share one id. 100,000 as objects would take longer to carry than to find.
 */
export function spansHolding(sql: Sql, traceId: string, { name, value }: HeldTerm): Promise<string> {
  return guarded(sql, async () => {
    if (!isTraceId(traceId)) return "";
    const id = traceIdToUuid(traceId);
    const hours = await traceHours(sql, id);
    if (!hours) return "";
    const condition = name === undefined ? hasText(sql, value) : hasAttribute(sql, name, value);
    const [found] = await sql<{ spans: string | null }[]>`
      SELECT string_agg(encode(int8send(span_id), 'hex') || kind, '') AS spans
      FROM span LEFT JOIN telemetry_resource r ON r.id = resource_id ${joinAttributeSet(sql)}
      WHERE trace_id = ${id} AND start_ns >= ${String(hours.fromNs)} AND start_ns <= ${String(hours.toNs)}
        AND (${condition})`;
    return found?.spans ?? "";
  });
}

function hasAttribute(sql: Sql, name: string, value: string) {
  const objects = [...alternativesOf({ name, value }).objects];
  const any = sql`ANY(${objects}::text[]::jsonb[])`;
  return sql`span.attributes @> ${any} OR a.attributes @> ${any} OR r.attributes @> ${any}`;
}

/** The whole object as text first: most spans do not have it, and taking an object apart is what takes long. */
function hasText(sql: Sql, text: string) {
  const { plain, json } = textPatterns(text);
  const within = (attributes: ReturnType<Sql>) => sql`${attributes}::text ILIKE ${json}
    AND EXISTS (SELECT 1 FROM jsonb_each_text(${attributes}) v WHERE v.value ILIKE ${plain})`;
  return sql`status_message ILIKE ${plain}
    OR (${within(sql`span.attributes`)}) OR (${within(sql`a.attributes`)})`;
}
