import type { MapScene } from "../drawing/map-picture.ts";
import {
  nodeChanges,
  packDimmed,
  packEdges,
  packGeometry,
  placedNodes,
  slotsOf,
} from "../drawing/pack-scene.ts";
import type { Style } from "../drawing/scene.ts";
import type { FileAnswer, FileOrder, PictureEnding } from "./paint-file.ts";
import { boxOfAll } from "./picture-size.ts";

/**
 * All of a large map as a file, made in a worker of its own: the page goes on meanwhile.
 *
 * @throws Error where the worker cannot be had, or the browser cannot paint it.
 */
export async function paintedFile(ending: PictureEnding, scene: MapScene, style: Style): Promise<Blob> {
  const worker = new Worker(new URL("./file-worker.ts", import.meta.url), {
    name: "map-file",
    type: "module",
  });
  try {
    const answer = await new Promise<FileAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FileAnswer>) => resolve(data);
      worker.onerror = ({ message }) =>
        reject(new Error(message || "What makes the file could not be loaded."));
      worker.postMessage(orderFor(ending, scene, style));
    });
    if ("failed" in answer) throw new Error(answer.failed);
    return answer.file;
  } finally {
    worker.terminate();
  }
}

function orderFor(ending: PictureEnding, { view, placement, focus }: MapScene, style: Style): FileOrder {
  const slots = slotsOf(placement);
  return {
    ...{ ending, style, box: boxOfAll(placement), geometry: packGeometry(placement) },
    nodes: nodeChanges([], placedNodes(view, slots)),
    edges: packEdges(view, slots),
    dimmed: packDimmed(focus, slots),
  };
}
