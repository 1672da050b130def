import type { FontSource } from "./page-fonts.ts";

/** The page's fonts in a worker. Pictures wait for fonts that are there or cannot be had: letters never change their looks. */
export class WorkerFonts {
  readonly #faces: FontFaceSet;
  readonly #asked = new Map<string, Promise<void>>();

  constructor(faces: FontFaceSet) {
    this.#faces = faces;
  }

  /** Each is asked for once; where one cannot be had, the next family of the list stands in. */
  async load(fonts: readonly FontSource[]): Promise<void> {
    await Promise.all(fonts.map((font) => this.#load(font)));
  }

  #load({ family, source, weight }: FontSource): Promise<void> {
    const asked = this.#asked.get(source);
    if (asked) return asked;
    const face = new FontFace(family, source, { weight });
    this.#faces.add(face);
    const loaded = face.load().then(
      () => undefined,
      () => undefined,
    );
    this.#asked.set(source, loaded);
    return loaded;
  }
}
