import { TRPCError } from "@trpc/server";
import { isAllowedHost, isSameOrigin } from "../origin.ts";
import { resources } from "../resources.ts";
import type { Context } from "../trpc.ts";
import { callProcedure } from "./call-procedure.ts";
import type { Operation } from "./operation.ts";
import { postedText } from "./posted-text.ts";
import { problemResponse, unknownHost } from "./problem.ts";
import { readQuery } from "./read-query.ts";

const types = { lines: "application/x-ndjson", events: "text/event-stream" } as const;

/** The `GET`, or `POST`, of the route of an operation that is a stream. */
export function serveStream(operation: Operation) {
  return async (request: Request): Promise<Response> => {
    const kept = resources();
    const { author, allowedHosts } = kept.settings;
    if (!isAllowedHost(request.headers.get("host"), allowedHosts)) return unknownHost(new URL(request.url));
    return answerStream(operation, request, { ...kept, author, sameOrigin: false, now: Date.now });
  };
}

/** Answers one request with a stream that lasts until the asker leaves, or with a problem. */
export async function answerStream(
  { operationId, query, posted, procedure }: Operation,
  request: Request,
  context: Context,
): Promise<Response> {
  const url = new URL(request.url);
  if (posted && !isSameOrigin(request.headers))
    return problemResponse(new TRPCError({ code: "FORBIDDEN" }), url);
  const left = new AbortController();
  const signal = AbortSignal.any([request.signal, left.signal]);
  try {
    const place = { group: "api", name: operationId };
    const input = {
      ...readQuery(url.searchParams, query),
      ...(posted && { [posted.as]: await postedText(request) }),
    };
    const events = await callProcedure(place, procedure, input, context, signal, "subscription");
    const type = request.headers.get("accept")?.includes(types.events) ? types.events : types.lines;
    return new Response(bytesOf(events as AsyncGenerator<{ kind: string }>, written[type], left), {
      // Compressed it would wait in the compressor; a proxy is asked not to gather it either.
      headers: {
        ...{ "content-type": type, "cache-control": "no-store, no-transform", "x-accel-buffering": "no" },
      },
    });
  } catch (error) {
    if (error instanceof TRPCError) return problemResponse(error, url);
    throw error;
  }
}

const written = {
  [types.lines]: (event: { kind: string }) => `${JSON.stringify(event)}\n`,
  [types.events]: (event: { kind: string }) => `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`,
};

/** No faster than it is taken: what a slow asker does not take is not gathered here. */
function bytesOf<Event>(
  events: AsyncGenerator<Event>,
  write: (event: Event) => string,
  left: AbortController,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await events.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(write(value)));
      },
      async cancel() {
        left.abort();
        await events.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
