import { TRPCError } from "@trpc/server";
import type { EnforcementCourse as Course } from "@weir/store";
import { z } from "zod";
import { presentCourse } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { EnforcementId } from "./get.ts";

export type { ActsCourse, SignalsCourse } from "@weir/store";

export interface EnforcementCourse extends Course {
  readonly nowMs: number;
  /** There is no more to come. */
  readonly isFinal: boolean;
}

/** What the policies did and how the services fared over time, before the switch and since. */
export const course = publicProcedure
  .input(z.object({ id: EnforcementId }))
  .query(async ({ ctx, input: { id } }): Promise<EnforcementCourse> => {
    const nowMs = ctx.now();
    const stored = await ctx.config.getEnforcement(id);
    if (!stored) throw new TRPCError({ code: "NOT_FOUND", message: `there is no enforcement ${id}` });
    const { course: present, isFinal } = await presentCourse(ctx.sql, stored, nowMs);
    return { ...present, nowMs, isFinal };
  });
