/** How much of a node is drawn: a mark of its health, its name in large letters, or all that its box has. */
export type Level = "mark" | "name" | "full";

/** By zoom: what could not be read is left out, and what is left then grows. */
export function levelOf(scale: number): Level {
  if (scale < 0.26) return "mark";
  return scale < 0.56 ? "name" : "full";
}

/** Dashes and arrowheads cost more than lines, and below this nobody tells them apart. */
export const arrowsFrom = 0.4;
