import { tracked } from "@trpc/server";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import type { ChangeKind } from "./change-hub.ts";
import { coalesce } from "./coalesce.ts";

/**
 * What changed, as it changes. The browser reads again what the change touches; the notice itself carries no data.
 * `lastEventId` comes with a reconnect: what happened in between is unknown, so the first notice is `resync`.
 */
export const changes = publicProcedure
  .input(z.object({ lastEventId: z.string().max(40).nullish() }).optional())
  .subscription(async function* ({ ctx, input, signal }) {
    let id = ctx.now();
    const notice = (kind: ChangeKind) => tracked(String(++id), { kind });
    if (input?.lastEventId) yield notice("resync");
    const source = coalesce({
      listen: (listener) => ctx.changes.listen(listener),
      signal: AbortSignal.any([ctx.changes.closed, ...(signal ? [signal] : [])]),
      intervalMs: 1_000,
      now: ctx.now,
    });
    ctx.meters.subscribers.inc();
    try {
      for await (const kind of source) yield notice(kind);
    } finally {
      ctx.meters.subscribers.dec();
    }
  });
