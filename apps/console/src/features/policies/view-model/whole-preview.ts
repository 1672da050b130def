import type { PreviewAnswer, PreviewEvent } from "../../../server/api/preview.ts";

/**
 * The tellings of a replay, the last of which is the whole of it.
 * @throws Error with the console's words where it ends before.
 */
export async function* wholePreview(
  told: AsyncIterable<PreviewAnswer>,
): AsyncGenerator<PreviewEvent, void, undefined> {
  for await (const event of told) {
    if (event.kind === "end") throw new Error(`it ended before it was through: ${event.detail}`);
    yield event;
    if (event.finished) return;
  }
  throw new Error("the console ended it before it was through");
}
