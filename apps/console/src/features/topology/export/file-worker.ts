/** A worker that makes one file of the map. */
import { WorkerFonts } from "../drawing/worker-fonts.ts";
import { type FileAnswer, type FileOrder, paintFile } from "./paint-file.ts";

declare const self: { fonts: FontFaceSet; onmessage: unknown } & Pick<Worker, "postMessage">;

self.onmessage = async ({ data }: MessageEvent<FileOrder>) => {
  await new WorkerFonts(self.fonts).load(data.style.fonts);
  self.postMessage(await answerTo(data));
};

/** A rejection would stay within the worker, so failures are answers. */
async function answerTo(order: FileOrder): Promise<FileAnswer> {
  try {
    return { file: await paintFile(order) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
