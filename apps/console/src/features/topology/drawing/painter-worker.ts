/** A worker that paints pictures of the map: one for each that is asked for, in order. */
import { Painter } from "./painter.ts";
import type { Told } from "./scene.ts";

declare const self: { fonts: FontFaceSet; onmessage: unknown } & Pick<Worker, "postMessage">;

const painter = new Painter(self.fonts);

self.onmessage = async ({ data }: MessageEvent<Told>) => {
  const painted = await painter.hear(data);
  if (painted) self.postMessage(painted, { transfer: [painted.picture] });
};
