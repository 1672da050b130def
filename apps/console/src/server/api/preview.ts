import { z } from "zod";
import { previewDraft } from "../preview/preview-draft.ts";
import { DraftPreview } from "../preview/preview-schemas.ts";
import { publicProcedure } from "../trpc.ts";
import type { Operation } from "./operation.ts";
import { endOfFailed, streamEndShape } from "./stream-end.ts";
import { windowOf, windowParameters } from "./time-window.ts";

const PreviewQuery = z.strictObject(windowParameters);

/** One telling of how far the replay has come, or what it found. */
const PreviewEvent = DraftPreview.extend({
  kind: z.enum(["so-far", "preview"]),
  policy: DraftPreview.shape.kind,
}).meta({
  id: "Preview",
  description: "`so-far` while requests are replayed, `preview` last of all, with traces.",
});
export type PreviewEvent = z.infer<typeof PreviewEvent>;

const PreviewAnswer = z
  .discriminatedUnion("kind", [
    PreviewEvent,
    z.object(streamEndShape).meta({
      id: "PreviewEnd",
      description: "Last of all instead of `preview`, where the replay failed: `detail` says why.",
    }),
  ])
  .meta({ id: "PreviewAnswer" });
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;

/** What a policy would do to the requests that were logged. */
export const preview: Operation = {
  path: "/preview",
  operationId: "preview",
  summary: "What a policy, enforced, would have done to the logged requests of its service.",
  description:
    "Replays the policy of the body over a window and changes nothing. A stream: how far it has come, about four times a second, and at last all of it, or why it ends without. Ends when the asker leaves.",
  query: PreviewQuery,
  posted: {
    as: "text",
    type: "application/yaml",
    description: "One policy, as `weir policy get` prints it.",
  },
  answer: PreviewAnswer,
  isStream: true,
  procedure: publicProcedure
    .input(PreviewQuery.extend({ text: z.string() }))
    .subscription(async ({ ctx, input: { text, ...asked }, signal }) =>
      eventsOf(await previewDraft(ctx, text, windowOf(asked, ctx.now()), signal)),
    ),
};

/** What fails once it has begun is told as the last event: the status has been sent. */
async function* eventsOf(
  told: AsyncGenerator<DraftPreview, void, undefined>,
): AsyncGenerator<PreviewAnswer, void, undefined> {
  try {
    for await (const { kind, ...preview } of told)
      yield { ...preview, kind: preview.finished ? "preview" : "so-far", policy: kind };
  } catch (error) {
    yield endOfFailed(error);
  }
}
