import { z } from "zod";
import { topKeys, topSorts } from "./top-order.ts";

/** What to put requests together by; in a row's own order, each once. */
export const TopKeys = z
  .array(z.enum(topKeys, { error: `must be ${topKeys.join(", ")}` }))
  .min(1, "must name at least one")
  .max(topKeys.length)
  .transform((keys) => topKeys.filter((key) => keys.includes(key)));

export const TopSortKey = z.enum(topSorts, { error: `must be ${topSorts.join(", ")}` });

/** What is wrong with a sort that `isSortable` refuses. */
export const notSortable = { path: ["sort"], error: "must be a measure, or one of by" };
