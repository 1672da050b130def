import { TRPCError } from "@trpc/server";
import { readDuration } from "@weir/domain";
import type { TraceSearch } from "@weir/store";
import { searchTraces } from "../store.ts";
import { type Context, publicProcedure } from "../trpc.ts";
import { envelope, type JaegerError } from "./envelope.ts";
import type { JaegerTrace } from "./jaeger-trace.ts";
import { SearchParameters } from "./parameters.ts";
import { readServiceNames } from "./read-service-names.ts";
import { readTraces } from "./read-traces.ts";

const dayMs = 86_400_000;
/** What Jaeger looks through when it is told no start. */
const lookBackMs = 2 * dayMs;
const limitUnlessTold = 100;
const mostTraces = 1_500;
/** Jaeger has no pages to go on with: a search may take longer before it is cut short. */
const budgetMs = 2_000;

/** `/traces`: by what is searched for, or by their ids. */
export const search = publicProcedure.input(SearchParameters).query(async ({ ctx, input }) => {
  if (input.traceID)
    return found(
      await readTraces(
        ctx.sql,
        input.traceID.map((id) => ({ traceId: id })),
      ),
    );
  const query = await searchOf(ctx, input);
  if (query === undefined) return envelope([]);
  const { traces, searchedBackToNs } = await searchTraces(ctx.sql, query, ctx.clock);
  const cutShort: JaegerError[] =
    searchedBackToNs === undefined
      ? []
      : [
          {
            msg: `the search took too long; traces before ${textOf(searchedBackToNs)} were not looked through`,
          },
        ];
  return found(await readTraces(ctx.sql, traces), cutShort);
});

function found(
  { traces, errors }: { readonly traces: readonly JaegerTrace[]; readonly errors: readonly JaegerError[] },
  more: readonly JaegerError[] = [],
) {
  return envelope(traces, { errors: [...errors, ...more] });
}

/** Undefined where nobody has the name of the service: then nothing is found. */
async function searchOf(ctx: Context, input: SearchParameters): Promise<TraceSearch | undefined> {
  const { operation, minDuration, maxDuration, limit = limitUnlessTold } = input;
  if (!input.service) throw badRequest("parameter 'service' is required");
  if (minDuration !== undefined && maxDuration !== undefined && maxDuration < minDuration)
    throw badRequest("'maxDuration' should be greater than 'minDuration'");
  const service = (await readServiceNames(ctx)).find(input.service);
  if (!service) return undefined;
  const { failed, attributes } = conditionsOf({ ...input.tags, ...Object.fromEntries(input.tag ?? []) });
  return {
    window: windowOf(input, ctx.now()),
    service,
    operation: operation === "all" ? undefined : operation,
    attributes,
    status: failed ? "error" : undefined,
    minDurationMs: minDuration,
    maxDurationMs: maxDuration,
    limit: Math.min(Math.max(limit, 1), mostTraces),
    budgetMs,
  };
}

function windowOf({ start, end, lookback }: SearchParameters, nowMs: number): TraceSearch["window"] {
  const toMs = end === undefined ? nowMs : end / 1_000;
  const days = /^(\d{1,4})d$/.exec(lookback ?? "")?.[1];
  const backMs = days === undefined ? readDuration(lookback ?? "") : Number(days) * dayMs;
  return { fromMs: start === undefined ? toMs - (backMs ?? lookBackMs) : start / 1_000, toMs };
}

/** What Jaeger keeps as tags and OTLP as fields is no attribute here: of these only failure can be searched for. */
function conditionsOf(tags: Readonly<Record<string, string>>) {
  const attributes = Object.entries(tags).map(([name, value]) => ({ name, value }));
  const isFailure = ({ name, value }: { name: string; value: string }) =>
    (name === "error" && value === "true") || (name === "otel.status_code" && value === "ERROR");
  const rest = attributes.filter((tag) => !isFailure(tag));
  const field = rest.find(
    ({ name }) => name === "span.kind" || name === "error" || name === "otel.status_code",
  );
  if (field) throw badRequest(`tag '${field.name}' can be searched for as error=true only`);
  return { failed: rest.length < attributes.length, attributes: rest };
}

function textOf(ns: bigint): string {
  return new Date(Number(ns / 1_000_000n)).toISOString();
}

function badRequest(message: string): TRPCError {
  return new TRPCError({ code: "BAD_REQUEST", message });
}
