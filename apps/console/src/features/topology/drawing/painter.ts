import type { Frame } from "./frame.ts";
import { paintPicture } from "./paint/paint-picture.ts";
import { newScene, type PaintedScene, withNumbers } from "./paint/painted-scene.ts";
import type { Painted, Style, Told } from "./scene.ts";
import { WorkerFonts } from "./worker-fonts.ts";

/** Keeps what it is told of the map and paints pictures of it. Runs in a worker. */
export class Painter {
  #scene: PaintedScene | undefined;
  #style: Style | undefined;
  #loaded: Promise<unknown> = Promise.resolve();
  readonly #fonts: WorkerFonts;

  constructor(faces: FontFaceSet) {
    this.#fonts = new WorkerFonts(faces);
  }

  /**
   * Answers a `paint` with a picture, and anything else with nothing.
   *
   * @throws Error where the browser has no canvas of that size.
   */
  async hear(told: Told): Promise<Painted | undefined> {
    switch (told.kind) {
      case "geometry":
        this.#scene = newScene(told.geometry, told.nodes, told.edges);
        return undefined;
      case "numbers":
        this.#scene &&= withNumbers(this.#scene, told.nodes, told.edges);
        return undefined;
      case "dimmed":
        this.#scene &&= { ...this.#scene, dimmed: told.dimmed };
        return undefined;
      case "style":
        this.#style = told.style;
        this.#loaded = Promise.all([this.#loaded, this.#fonts.load(told.style.fonts)]);
        return undefined;
      case "paint":
        await this.#loaded;
        return this.#paint(told.frame, told.pixelRatio);
    }
  }

  #paint(frame: Frame, pixelRatio: number): Painted {
    const startedAt = performance.now();
    const { width, height } = frame.box;
    const pixels = (length: number) => Math.max(1, Math.round(length * frame.scale * pixelRatio));
    const canvas = new OffscreenCanvas(pixels(width), pixels(height));
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("the browser has no canvas to paint on");
    if (this.#scene && this.#style) paintPicture(context, this.#scene, frame, pixelRatio, this.#style);
    return { picture: canvas.transferToImageBitmap(), tookMs: performance.now() - startedAt };
  }
}
