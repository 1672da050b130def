import { expect, test } from "vitest";
import { evenChance } from "./even-chance.ts";

test.each([0.01, 0.1, 0.5, 0.9])(
  "of a thousand requests a share of %d comes true to within three",
  (share) => {
    const random = evenChance();
    const hits = Array.from({ length: 1_000 }, random).filter((drawn) => drawn < share).length;
    expect(Math.abs(hits - 1_000 * share)).toBeLessThanOrEqual(3);
  },
);
