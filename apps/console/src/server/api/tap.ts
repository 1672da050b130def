import type { AccessLogRecord } from "@weir/store";
import { z } from "zod";
import { inSlot } from "../slots.ts";
import { ping, tailRequests } from "../store.ts";
import { decisionsIn, SpanDecision } from "../traces/span-facts.ts";
import { type Context, publicProcedure } from "../trpc.ts";
import type { Operation } from "./operation.ts";
import { requestFilterOf, requestParameters } from "./request-parameters.ts";
import { ServiceIdentityShape } from "./shapes.ts";
import { endOfFailed, isAway, streamEndShape } from "./stream-end.ts";
import { timeText } from "./time-window.ts";
import { withPulse } from "./with-pulse.ts";

/** Of one batch; more than these come as a number. */
const mostAtOnce = 1_000;
const pulseMs = 10_000;

const TapQuery = z.strictObject(requestParameters);

const TappedRequest = z
  .object({
    kind: z.literal("request"),
    at: z.iso.datetime(),
    timeNs: z.string().meta({ description: "Nanoseconds since 1970, when it ended." }),
    source: ServiceIdentityShape,
    destination: ServiceIdentityShape,
    ...{ protocol: z.string(), method: z.string(), path: z.string(), host: z.string().nullable() },
    status: z.int().meta({ description: "0: no answer came." }),
    flag: z.string().meta({ description: "Why a sidecar answered itself; empty: it did not." }),
    seconds: z.number(),
    upstreamSeconds: z.number().meta({ description: "Of these at the upstream." }),
    requestBytes: z.number(),
    responseBytes: z.number(),
    traceId: z.string().nullable(),
    spanId: z.string().nullable(),
    decisions: z.array(SpanDecision).meta({ description: "What policies said about it." }),
  })
  .meta({ id: "TappedRequest" });

const TapEvent = z
  .discriminatedUnion("kind", [
    TappedRequest,
    z.object({ kind: z.literal("missed"), count: z.int() }).meta({
      id: "TapMissed",
      description: "So many more came at once, and are not told.",
    }),
    z.object({ kind: z.literal("alive"), at: z.iso.datetime() }).meta({
      id: "TapAlive",
      description: "First of all, and every ten seconds in which nothing else comes.",
    }),
    z.object(streamEndShape).meta({
      id: "TapEnd",
      description: "Last of all, when the console stops or the database goes: ask again.",
    }),
  ])
  .meta({ id: "TapEvent" });
export type TapEvent = z.infer<typeof TapEvent>;

const procedure = publicProcedure.input(TapQuery).subscription(async ({ ctx, input, signal }) => {
  await ping(ctx.sql); // a database that is away is an answer of its own, not an empty stream
  return inSlot(ctx.tapSlots, "more taps are asked for", signal, () =>
    follow(ctx, requestFilterOf(input), signal),
  );
});

/** Requests as they happen. */
export const tap: Operation = {
  path: "/tap",
  operationId: "tap",
  summary: "Requests as sidecars log them, until the asker leaves.",
  description:
    "A stream of events: a line of JSON each, or server-sent events for who accepts `text/event-stream`. Times go back and forth a little, since sidecars log in batches; each request comes once.",
  query: TapQuery,
  answer: TapEvent,
  isStream: true,
  procedure,
};

async function* follow(
  ctx: Context,
  filter: ReturnType<typeof requestFilterOf>,
  signal: AbortSignal | undefined,
): AsyncGenerator<TapEvent, void, undefined> {
  const source = {
    sql: ctx.sql,
    listen: (wake: () => void) =>
      ctx.changes.listen((kind) => {
        if (kind === "telemetry" || kind === "resync") wake();
      }),
  };
  const alive = (): TapEvent => ({ kind: "alive", at: timeText(ctx.now()) });
  const ended = AbortSignal.any([ctx.changes.closed, ...(signal ? [signal] : [])]);
  ctx.meters.subscribers.inc();
  try {
    yield alive();
    const batches = tailRequests(source, filter, ended, { now: ctx.now, batch: mostAtOnce });
    for await (const batch of withPulse(batches, pulseMs)) {
      if (batch === "pulse") yield alive();
      else yield* eventsOf(batch.requests, batch.missed);
    }
    yield { kind: "end", detail: "the console stops" };
  } catch (error) {
    if (!isAway(error)) ctx.logger.error({ err: error }, "a tap failed");
    yield endOfFailed(error);
  } finally {
    ctx.meters.subscribers.dec();
  }
}

function* eventsOf(requests: readonly AccessLogRecord[], missed: number): Generator<TapEvent> {
  for (const request of requests) yield tappedRequest(request);
  if (missed > 0) yield { kind: "missed", count: missed };
}

function tappedRequest(record: AccessLogRecord): z.infer<typeof TappedRequest> {
  const { timeNs, source, destination, traceId, spanId, protocol, method, path, status, flag } = record;
  return {
    kind: "request",
    at: timeText(Number(timeNs / 1_000_000n)),
    timeNs: String(timeNs),
    source: { namespace: source.namespace, name: source.service, version: source.version },
    destination: {
      ...{ namespace: destination.namespace, name: destination.service, version: destination.version },
    },
    ...{ protocol, method, path, host: record.host ?? null, status, flag },
    seconds: Number(record.durationNs) / 1e9,
    upstreamSeconds: Number(record.upstreamNs) / 1e9,
    requestBytes: Number(record.requestBytes),
    responseBytes: Number(record.responseBytes),
    traceId: traceId ?? null,
    spanId: spanId ?? null,
    decisions: decisionsIn(record.decisions),
  };
}
