import { createHash } from "node:crypto";
import { callTRPCProcedure, TRPCError } from "@trpc/server";
import { z } from "zod";
import { isAllowedHost } from "../origin.ts";
import { resources } from "../resources.ts";
import { type Context, router } from "../trpc.ts";
import type { Operation } from "./operation.ts";
import { problemResponse, unknownHost } from "./problem.ts";

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
 *
 * The answer is checked against the operation's shape before it leaves, as tRPC does with every output.
 */
export async function answer(
  operation: Operation,
  request: Request,
  pathParameters: Readonly<Record<string, string>>,
  context: Context,
): Promise<Response> {
  const url = new URL(request.url);
  const input = { ...readQuery(url.searchParams, operation.query), ...pathParameters };
  try {
    const found = await callTRPCProcedure({
      router: router({ api: router({ [operation.operationId]: operation.procedure }) }),
      path: `api.${operation.operationId}`,
      getRawInput: async () => input,
      ctx: context,
      type: "query",
      signal: request.signal,
      batchIndex: 0,
    });
    return withValidator(JSON.stringify(found), request);
  } catch (error) {
    if (error instanceof TRPCError) return problemResponse(error, url);
    throw error;
  }
}

/** Texts by parameter; lists for those that may be given more than once, and for others that were. */
function readQuery(query: URLSearchParams, shape: z.ZodObject): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      const [only = ""] = values;
      return [name, values.length > 1 || takesList(shape.shape[name]) ? values : only];
    }),
  );
}

function takesList(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodOptional) return takesList(schema.unwrap());
  return schema instanceof z.ZodArray;
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
