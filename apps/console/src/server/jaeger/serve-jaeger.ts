import { type AnyProcedure, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { z } from "zod";
import { callProcedure } from "../api/call-procedure.ts";
import { readQuery } from "../api/read-query.ts";
import { problemOf } from "../errors.ts";
import { isAllowedHost } from "../origin.ts";
import { resources } from "../resources.ts";
import type { Context } from "../trpc.ts";
import { envelope } from "./envelope.ts";
import { SearchParameters } from "./parameters.ts";

/** What Next passes with a request: what stands in the path. */
interface RouteContext {
  readonly params: Promise<Readonly<Record<string, string>>>;
}

/** The `GET` of one address of Jaeger's query API. */
export function serveJaeger(name: string, procedure: AnyProcedure) {
  return async (request: Request, { params }: RouteContext): Promise<Response> => {
    const kept = resources();
    const { author, allowedHosts } = kept.settings;
    if (!isAllowedHost(request.headers.get("host"), allowedHosts))
      return failed(421, "unknown host name; list it in WEIR_CONSOLE_HOSTS");
    const context = { ...kept, author, sameOrigin: false, now: Date.now };
    return jaegerAnswer(name, procedure, request, await params, context);
  };
}

/** Answers as Jaeger's query service does: everything, errors too, in its envelope. */
export async function jaegerAnswer(
  name: string,
  procedure: AnyProcedure,
  request: Request,
  pathParameters: Readonly<Record<string, string>>,
  context: Context,
): Promise<Response> {
  const query = readQuery(new URL(request.url).searchParams, SearchParameters);
  const input = { ...query, ...pathParameters };
  try {
    const found = await callProcedure({ group: "jaeger", name }, procedure, input, context, request.signal);
    return Response.json(found, { headers: { "cache-control": "private, no-cache" } });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return failed(getHTTPStatusCodeFromError(error), messageOf(error));
  }
}

function messageOf(error: TRPCError): string {
  // Without a sentence of its own an error has that of its cause, which is JSON.
  if (error.cause instanceof z.ZodError && error.message === error.cause.message)
    return error.cause.issues[0]?.message ?? error.message;
  return problemOf(error).message;
}

function failed(code: number, msg: string): Response {
  return Response.json(envelope(null, { errors: [{ code, msg }] }), {
    status: code,
    headers: { "cache-control": "no-store", ...(code === 503 ? { "retry-after": "2" } : {}) },
  });
}
