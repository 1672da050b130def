import { setTimeout } from "node:timers/promises";
import type { Sql } from "@weir/store";
import { z } from "zod";
import { newestSlotEnd } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { answerWithinMs, isReady } from "./is-ready.ts";

const Sources = z.object({
  database: z.boolean(),
  collector: z.boolean(),
  controller: z.boolean(),
  /** Until when requests are told of; absent while none are, and while the database is away. */
  newestAtMs: z.number().optional(),
});
export type Sources = z.infer<typeof Sources>;

/** Which of what every view stands on is there. An answer also when none of it is: this is how a page knows. */
export const sources = publicProcedure.output(Sources).query(async ({ ctx }) => {
  const [newest, collector, controller] = await Promise.all([
    readNewest(ctx.sql),
    isReady(ctx.settings.collectorUrl),
    isReady(ctx.settings.controllerUrl),
  ]);
  return {
    database: newest !== "away",
    collector,
    controller,
    newestAtMs: newest === "away" ? undefined : newest,
  };
});

/** A database that hangs is as far away as one that is down. */
async function readNewest(sql: Sql): Promise<number | undefined | "away"> {
  const waiting = new AbortController();
  const late = setTimeout(answerWithinMs, "away" as const, { signal: waiting.signal });
  try {
    return await Promise.race([newestSlotEnd(sql).catch(() => "away" as const), late]);
  } finally {
    waiting.abort();
    late.catch(() => {}); // ended by the line above
  }
}
