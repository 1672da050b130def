import type { Painter } from "./painter.ts";
import type { Answer, Told } from "./scene.ts";

/** What a painter has to say to something told. A rejection would stay within its worker, so failures are answers. */
export async function answerTo(painter: Painter, told: Told): Promise<Answer | undefined> {
  try {
    return await painter.hear(told);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
