import { WindowText } from "@weir/domain";
import { z } from "zod";
import { meshSignals } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { chartWindow } from "./chart-window.ts";

/** Requests and errors of the whole mesh over time, for whoever looks for the moment when something changed. */
export const ofMesh = publicProcedure
  .input(z.object({ window: WindowText }))
  .query(async ({ ctx, input }) => {
    const nowMs = ctx.now();
    const { fromMs, toMs, slots } = chartWindow(input.window, nowMs);
    const signals = await meshSignals(ctx.sql, { fromMs, toMs }, slots);
    return {
      ...{ fromMs, toMs, nowMs, slotMs: (toMs - fromMs) / slots },
      slots: signals.slots.map(({ atMs, requests, errors, seconds }) => ({
        atMs,
        requests,
        errors,
        seconds,
      })),
    };
  });
