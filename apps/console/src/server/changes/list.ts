import { isMoving, WindowText, windowOf } from "@weir/domain";
import { z } from "zod";
import { enforcementsOfRevisions } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { changeOf, ServiceRef, ShownChange } from "./shown-change.ts";

/** More than this in one window are counted by nobody: the oldest are left out, and that is said. */
const most = 500;
/** Changes have their time to the nearest millisecond: one that was made just now may stand in the next. */
const aheadMs = 2;

const Changes = z.object({
  /** The window that was looked at. */
  fromMs: z.number(),
  toMs: z.number(),
  /** In the order of time. */
  changes: z.array(ShownChange),
  /** There were older ones in the window than those told. */
  isCut: z.boolean(),
});
export type Changes = z.infer<typeof Changes>;

/** What was changed in a window, by whom and why, and which versions were met for the first time. */
export const list = publicProcedure
  .input(z.object({ window: WindowText, service: ServiceRef.optional() }))
  .output(Changes)
  .query(async ({ ctx, input: { window: text, service } }) => {
    const window = windowOf(text, ctx.now());
    const toMs = isMoving(text) ? window.toMs + aheadMs : window.toMs;
    const found = await ctx.config.listChanges({ ...window, toMs, service, limit: most + 1 });
    const told = found.slice(0, most);
    const revisions = told.flatMap((change) => (change.kind === "audit" ? change.entry.configRevision : []));
    const enforcements = await enforcementsOfRevisions(ctx.sql, revisions);
    return {
      ...window,
      changes: told.map((change) => changeOf(change, enforcements)).reverse(),
      isCut: found.length > most,
    };
  });
