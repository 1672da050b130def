import { tailRequests } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { requestFilterOf, TapFilter } from "./tap-filter.ts";
import { tappedRequest } from "./tapped-request.ts";

/** Of one batch, of which up to four come in a second. */
const mostAtOnce = 500;

/** Requests as they are logged, in batches; `missed` of them were too many for the batch and are not told. */
export const requests = publicProcedure.input(TapFilter).subscription(async function* ({
  ctx,
  input,
  signal,
}) {
  const source = {
    sql: ctx.sql,
    listen: (wake: () => void) =>
      ctx.changes.listen((kind) => {
        if (kind === "telemetry" || kind === "resync") wake();
      }),
  };
  const ended = AbortSignal.any([ctx.changes.closed, ...(signal ? [signal] : [])]);
  const settings = { now: ctx.now, batch: mostAtOnce };
  ctx.meters.subscribers.inc();
  try {
    for await (const batch of tailRequests(source, requestFilterOf(input), ended, settings))
      yield { requests: batch.requests.map(tappedRequest), missed: batch.missed };
  } finally {
    ctx.meters.subscribers.dec();
  }
});
