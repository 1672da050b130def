import { serviceIdText } from "@weir/domain";
import type { TopRow } from "@weir/store";
import { z } from "zod";
import { topRequests } from "../store.ts";
import { isDescendingUnlessTold, isSortable, topKeys, topKeysUnlessTold } from "../tap/top-order.ts";
import { notSortable, TopKeys, TopSortKey } from "../tap/top-query.ts";
import { publicProcedure } from "../trpc.ts";
import { countParameter } from "./count-parameter.ts";
import { HealthShape, healthShape } from "./health.ts";
import { InvalidParameter } from "./invalid-parameter.ts";
import type { Operation } from "./operation.ts";
import { requestFilterOf, requestParameters } from "./request-parameters.ts";
import { LatencyShape, latencyShape, shareOf, trafficShape } from "./shapes.ts";
import { WindowShape, windowOf, windowParametersFrom, windowShape } from "./time-window.ts";

/** Every request of the window is read. */
const longestMs = 15 * 60_000;

const TopQuery = z.strictObject({
  ...windowParametersFrom({ agoMs: 60_000, text: "A minute ago" }),
  ...requestParameters,
  by: TopKeys.default([...topKeysUnlessTold]).meta({
    description: `What requests are put together by: ${topKeys.join(", ")}; more than once: all of them. ${topKeysUnlessTold.join(", ")} unless told.`,
  }),
  sort: TopSortKey.default("requests").meta({ description: "A measure, or one of `by`." }),
  order: z.enum(["asc", "desc"]).optional().meta({
    description: "Unless told descending, but ascending for success and for names.",
  }),
  limit: countParameter({ most: 1_000, unlessTold: 20 }),
});

const Row = z
  .object({
    source: z.string().nullable().meta({ description: "`namespace/name`, as are all ids." }),
    destination: z.string().nullable(),
    version: z.string().nullable().meta({ description: "Of the destination; empty where it has none." }),
    method: z.string().nullable(),
    path: z.string().nullable().meta({ description: "As it was asked for." }),
    status: z.int().nullable().meta({ description: "0: no answer came." }),
    ...trafficShape,
    health: HealthShape.meta({ description: "By its errors alone: the log tells them only." }),
    latencySeconds: LatencyShape,
  })
  .meta({ id: "TopRow", description: "What it is not put together by is null." });

const Top = z
  .object({
    window: WindowShape,
    groups: z.number().meta({ description: "How many rows there are without the limit." }),
    rows: z.array(Row),
  })
  .meta({ id: "Top" });

const procedure = publicProcedure
  .input(TopQuery)
  .output(Top)
  .query(async ({ ctx, input }) => {
    const { by, sort, order, limit } = input;
    const window = windowOf(input, ctx.now());
    if (window.toMs - window.fromMs > longestMs)
      throw new InvalidParameter(
        "from",
        "must be at most 15 minutes before to; for longer ask /api/v1/graph",
      );
    if (!isSortable(sort, by)) throw new InvalidParameter("sort", notSortable.error);
    const descending = order === undefined ? isDescendingUnlessTold(sort) : order === "desc";
    const { rows, groups } = await topRequests(ctx.sql, window, {
      ...{ by, sort, descending, limit, filter: requestFilterOf(input) },
    });
    const seconds = (Math.min(window.toMs, Math.max(ctx.now(), window.fromMs + 1)) - window.fromMs) / 1_000;
    return { window: windowShape(window), groups, rows: rows.map((row) => rowShape(row, seconds)) };
  });

/** Requests put together. */
export const top: Operation = {
  path: "/top",
  operationId: "top",
  summary: "Requests of some minutes put together by what they agree in, sorted by choice.",
  description: "By the access log, in which every request of a sidecar stands once; 15 minutes at most.",
  query: TopQuery,
  answer: Top,
  procedure,
};

function rowShape(row: TopRow, seconds: number): z.infer<typeof Row> {
  const { source, destination, version, method, path, status, requests, errors } = row;
  return {
    source: source ? serviceIdText(source) : null,
    destination: destination ? serviceIdText(destination) : null,
    version: version ?? null,
    method: method ?? null,
    path: path ?? null,
    status: status ?? null,
    ...{ requests, errors, rps: requests / seconds, errorShare: shareOf(errors, requests) },
    health: healthShape({ requests, errors }),
    latencySeconds: latencyShape(row),
  };
}
