import { type Policy, replayPolicy, type Window } from "@weir/domain";
import { acceptablePolicy } from "../policies/acceptable-policies.ts";
import { inSlot } from "../slots.ts";
import { keptTraces, openRequestShapes, totalBetween } from "../store.ts";
import type { Context } from "../trpc.ts";
import { evenChance } from "./even-chance.ts";
import type { DraftPreview } from "./preview-schemas.ts";
import { PreviewTally } from "./preview-tally.ts";
import { replayWindow } from "./replay-window.ts";

/** Whoever asks sees how far it has come, and may leave; a replay that nobody ends must end all the same. */
const budgetMs = 20_000;
/** Between two tellings of how far it has come. */
const tellEveryMs = 250;
const mostTraces = 3;

/**
 * What the one policy of a text, enforced, would have done to the requests that its service's log holds of a window, beside
 * no other policy. Tells how far it has come until it is over, and ends with the asker. Writes nothing.
 * @throws ValidationError for a text that is not one acceptable policy; Busy.
 */
export async function previewDraft(
  ctx: Context,
  text: string,
  window: Window,
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<DraftPreview, void, undefined>> {
  const policy = await acceptablePolicy(text, ctx.config);
  return inSlot(ctx.previewSlots, "more previews are asked for", signal, () =>
    logFailure(ctx, policy, window, preview(ctx, policy, window, signal)),
  );
}

/** A stream that has begun is no procedure any more, of whose failures the frame would keep a line. */
async function* logFailure(
  ctx: Context,
  { namespace, name, kind, targetRef }: Policy,
  window: Window,
  told: AsyncGenerator<DraftPreview, void, undefined>,
): AsyncGenerator<DraftPreview, void, undefined> {
  let coveredToMs: number | undefined;
  try {
    for await (const preview of told) {
      ({ coveredToMs } = preview);
      yield preview;
    }
  } catch (error) {
    const draft = `${namespace}/${name}`;
    ctx.logger.error({ err: error, draft, kind, targetRef, window, coveredToMs }, "a preview failed");
    throw error;
  }
}

async function* preview(
  ctx: Context,
  policy: Policy,
  window: Window,
  signal: AbortSignal | undefined,
): AsyncGenerator<DraftPreview, void, undefined> {
  const target = { namespace: policy.namespace, service: policy.targetRef };
  const { sidecars, settings } = await placeOf(ctx, target);
  const { clock } = ctx;
  const tally = new PreviewTally();
  const parts = replayWindow(window, {
    read: await openRequestShapes(ctx.sql, target),
    replay: replayPolicy(policy, settings),
    ...{ tally, budgetMs, clock, signal },
  });
  const head = {
    ...{ kind: policy.kind, service: { namespace: target.namespace, name: target.service } },
    ...{ sidecars, window },
  };
  let coveredToMs = window.fromMs;
  let toldMs = clock();
  yield { ...head, ...(await tally.answer(async () => [])), coveredToMs, finished: false };
  for await (coveredToMs of parts) {
    if (clock() - toldMs < tellEveryMs) continue;
    toldMs = clock();
    yield { ...head, ...(await tally.answer(async () => [])), coveredToMs, finished: false };
  }
  if (signal?.aborted) return;
  const answer = await tally.answer(async (moments) => {
    const found = await keptTraces(ctx.sql, target, moments);
    return [...new Set(found.filter((id) => id !== undefined))].slice(0, mostTraces);
  });
  const covered = { fromMs: window.fromMs, toMs: coveredToMs };
  const { requests } = await totalBetween(ctx.sql, { destination: target }, covered);
  yield { ...head, ...answer, coveredToMs, counted: requests, finished: true };
}

/** The service as it is now, which is what the draft would meet. */
async function placeOf(ctx: Context, { namespace, service }: { namespace: string; service: string }) {
  const [services, sidecars] = await Promise.all([ctx.config.listServices(), ctx.config.listSidecars()]);
  const known = services.find((one) => one.namespace === namespace && one.name === service);
  const stableVersion = known?.stableVersionInForce;
  const versions = sidecars
    .filter(
      ({ connected, workload: of }) => connected && of.namespace === namespace && of.service === service,
    )
    .map(({ workload }) => workload.version);
  const sidecarsOf = (version: string) => versions.filter((one) => one === (version || stableVersion)).length;
  return {
    sidecars: versions.length,
    settings: { service, stableVersion, sidecarsOf, random: evenChance() },
  };
}
