import type { Box } from "../model/placement.ts";

const gap = 28;

/** The box at the nearest place straight below or above its own where it touches none of `taken`. */
export function findRoom(wish: Box, taken: readonly Box[]): Box {
  const below = slide(wish, taken, 1);
  const above = slide(wish, taken, -1);
  return below.y - wish.y <= wish.y - above.y ? below : above;
}

function slide(wish: Box, taken: readonly Box[], sign: 1 | -1): Box {
  let box = wish;
  for (;;) {
    const hit = taken.find((other) => overlaps(box, other));
    if (!hit) return box;
    box = { ...box, y: sign > 0 ? hit.y + hit.height + gap : hit.y - box.height - gap };
  }
}

function overlaps(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width + gap &&
    b.x < a.x + a.width + gap &&
    a.y < b.y + b.height + gap &&
    b.y < a.y + a.height + gap
  );
}
