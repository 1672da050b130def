import { Name, outsideMesh, type Window, WindowLength, windowEndingAt } from "@weir/domain";
import { edgeSeries, nodeSeries } from "@weir/store";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";

/** Slots a window's charts have: each a whole number of the 10 s in which telemetry is kept. */
const slotsOf: Record<WindowLength, number> = { "1m": 6, "5m": 30, "15m": 45, "1h": 60, "6h": 72, "24h": 72 };

const slotMs = 10_000;

const End = z.union([
  z.strictObject({ namespace: Name, service: Name }),
  z.strictObject({ namespace: z.literal(outsideMesh.namespace), service: z.literal(outsideMesh.service) }),
  z.strictObject({ namespace: z.string().max(253), service: z.string().max(253) }),
]);

/** Golden signals of what a service received, over time and of the window as a whole. */
export const ofNode = publicProcedure
  .input(z.object({ service: End, window: WindowLength }))
  .query(async ({ ctx, input }) => {
    const window = alignedWindow(input.window, ctx.now());
    const [slots, whole] = await Promise.all([
      nodeSeries(ctx.sql, input.service, window, slotsOf[input.window]),
      nodeSeries(ctx.sql, input.service, window, 1),
    ]);
    return { window, slots, whole: whole[0] };
  });

/** The same of the requests from one service to another. */
export const ofEdge = publicProcedure
  .input(z.object({ source: End, destination: End, window: WindowLength }))
  .query(async ({ ctx, input }) => {
    const window = alignedWindow(input.window, ctx.now());
    const [slots, whole] = await Promise.all([
      edgeSeries(ctx.sql, input, window, slotsOf[input.window]),
      edgeSeries(ctx.sql, input, window, 1),
    ]);
    return { window, slots, whole: whole[0] };
  });

/** Ends at the border of a slot, so that the newest one is not drawn as a fall. */
function alignedWindow(length: WindowLength, nowMs: number): Window {
  return windowEndingAt(length, Math.floor(nowMs / slotMs) * slotMs);
}
