import type { Sql } from "@weir/store";
import { contentTypes, encodeTraces } from "@weir/telemetry/otlp";
import { traceById } from "../store.ts";
import { otlpTrace } from "./otlp-trace.ts";

/** The trace as a file of OTLP in JSON, with all attributes, events and links; 404 where no span of it is stored. */
export async function serveOtlpTrace(sql: Sql, traceId: string): Promise<Response> {
  const spans = await traceById(sql, traceId.toLowerCase());
  if (spans.length === 0) return new Response("there is no such trace\n", { status: 404 });
  const body = new Uint8Array(encodeTraces(otlpTrace(spans), "json"));
  return new Response(body, { headers: { "content-type": contentTypes.json } });
}
