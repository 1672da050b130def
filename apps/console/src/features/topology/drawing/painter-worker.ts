/** A worker that paints pictures of the map: one for each that is asked for, in order. */
import { answerTo } from "./answer-to.ts";
import { Painter } from "./painter.ts";
import type { Told } from "./scene.ts";

declare const self: { fonts: FontFaceSet; onmessage: unknown } & Pick<Worker, "postMessage">;

const painter = new Painter(self.fonts);

self.onmessage = async ({ data }: MessageEvent<Told>) => {
  const answer = await answerTo(painter, data);
  if (answer) self.postMessage(answer, { transfer: "picture" in answer ? [answer.picture] : [] });
};
