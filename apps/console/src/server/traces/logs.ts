import type { AccessLogRecord, LogOfTrace } from "@weir/store";
import { z } from "zod";
import { logsOfTrace } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { decisionsIn, SpanDecision } from "./span-facts.ts";

/** A request as the sidecar that carried it wrote it down. */
const RequestOfTrace = z.object({
  spanId: z.string().optional(),
  reporter: z.enum(["source", "destination"]),
  source: z.string(),
  destination: z.string(),
  method: z.string(),
  path: z.string(),
  /** 0: no response. */
  status: z.number(),
  flag: z.string(),
  durationNs: z.number(),
  upstreamNs: z.number(),
  requestBytes: z.number(),
  responseBytes: z.number(),
  decisions: z.array(SpanDecision),
});
export type RequestOfTrace = z.infer<typeof RequestOfTrace>;

const LogLine = z.object({
  spanId: z.string().optional(),
  service: z.string(),
  atMs: z.number(),
  /** OTLP's SeverityNumber, 0 to 24. */
  severity: z.number(),
  body: z.string(),
  attributes: z.record(z.string(), z.unknown()),
});
export type LogLine = z.infer<typeof LogLine>;

const LogsOfTrace = z.object({
  requests: z.array(RequestOfTrace),
  logs: z.array(LogLine),
  /** False: there are more than are shown; the latest are missing. */
  isWhole: z.boolean(),
});
export type LogsOfTrace = z.infer<typeof LogsOfTrace>;

/** What sidecars and applications wrote down about a trace; comes after its spans, which do not wait for it. */
export const logs = publicProcedure
  .input(z.object({ traceId: z.string().max(64) }))
  .output(LogsOfTrace)
  .query(async ({ ctx, input }) => {
    const found = await logsOfTrace(ctx.sql, input.traceId.toLowerCase());
    return {
      requests: found.requests.map(requestOf),
      logs: found.logs.map(lineOf),
      isWhole: found.isWhole,
    };
  });

function requestOf(record: AccessLogRecord): RequestOfTrace {
  const { spanId, source, destination, method, path, status, flag } = record;
  return {
    ...{ spanId, method, path, status, flag },
    reporter: record.reporter === "source" ? "source" : "destination",
    source: source.service,
    destination: destination.service,
    durationNs: Number(record.durationNs),
    upstreamNs: Number(record.upstreamNs),
    requestBytes: Number(record.requestBytes),
    responseBytes: Number(record.responseBytes),
    decisions: decisionsIn(record.decisions),
  };
}

function lineOf({ spanId, service, timeNs, severity, body, attributes }: LogOfTrace): LogLine {
  return {
    ...{ spanId, severity, attributes, service: service.name },
    atMs: Number(timeNs / 1_000_000n),
    body: typeof body === "string" ? body : (JSON.stringify(body) ?? ""),
  };
}
