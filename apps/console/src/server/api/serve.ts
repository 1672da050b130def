import { createHash } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { isAllowedHost } from "../origin.ts";
import { resources } from "../resources.ts";
import type { Context } from "../trpc.ts";
import { callProcedure } from "./call-procedure.ts";
import type { Operation } from "./operation.ts";
import { problemResponse, unknownHost } from "./problem.ts";
import { readQuery } from "./read-query.ts";

/** What Next passes with a request: what stands in the path. */
interface RouteContext {
  readonly params: Promise<Readonly<Record<string, string>>>;
}

/** The `GET` of an operation's route. */
export function serve(operation: Operation) {
  return async (request: Request, { params }: RouteContext): Promise<Response> => {
    const kept = resources();
    const { author, allowedHosts } = kept.settings;
    if (!isAllowedHost(request.headers.get("host"), allowedHosts)) return unknownHost(new URL(request.url));
    return answer(operation, request, await params, { ...kept, author, sameOrigin: false, now: Date.now });
  };
}

/**
 * Answers one request: 200 with the answer and its ETag, 304 where the asker has it already, or a problem.
 * The answer is checked against the operation's shape before it leaves, as tRPC does with every output.
 */
export async function answer(
  { operationId, query, procedure }: Operation,
  request: Request,
  pathParameters: Readonly<Record<string, string>>,
  context: Context,
): Promise<Response> {
  const url = new URL(request.url);
  const input = { ...readQuery(url.searchParams, query), ...pathParameters };
  const place = { group: "api", name: operationId };
  try {
    const found = await callProcedure(place, procedure, input, context, request.signal);
    return withValidator(JSON.stringify(found), request);
  } catch (error) {
    if (error instanceof TRPCError) return problemResponse(error, url);
    throw error;
  }
}

/** Weak, since what compresses it on its way changes its bytes (RFC 9110 8.8.1). Always asked for: data may be late. */
function withValidator(body: string, request: Request): Response {
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = { etag, "cache-control": "private, no-cache" };
  if (matches(request.headers.get("if-none-match"), etag))
    return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
}

/** `If-None-Match`, compared weakly (RFC 9110 13.1.2). */
function matches(condition: string | null, etag: string): boolean {
  if (condition === null) return false;
  const opaque = etag.slice(2);
  return condition.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === opaque);
}
