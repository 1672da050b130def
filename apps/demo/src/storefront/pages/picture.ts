import { Html } from "../html.ts";

/** One line drawing a category, in a 48 by 48 box. */
const outlines: Record<string, string> = {
  kitchen:
    "M12 20h20v14a6 6 0 0 1-6 6h-8a6 6 0 0 1-6-6zM32 23h3a4 4 0 0 1 0 9h-3M18 14c0-3 3-3 3-6M25 14c0-3 3-3 3-6",
  home: "M10 22 24 10l14 12v17H10zM20 39V28h8v11",
  outdoor: "M6 38 20 12l8 15 4-7 10 18zM20 38l0-9",
  stationery: "M14 8h18v32H14zM14 15h-3M14 24h-3M14 33h-3M19 16h8M19 22h8M36 14v20l-2 5-2-5",
  books: "M24 13c-5-4-11-4-16-2v26c5-2 11-2 16 2 5-4 11-4 16-2V11c-5-2-11-2-16 2zM24 13v26",
  workshop: "M10 12h18v8H10zM28 14h5l4 3v2h-9M18 20v20h5V20",
};

/** A picture of a product: its category's outline on a tint of its own. */
export function picture({ sku, category }: { sku: string; category: string }): Html {
  const tint = [...sku].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 6;
  const outline = outlines[category] ?? outlines.home;
  return new Html(
    `<svg class="picture tint-${tint}" viewBox="0 0 48 48" aria-hidden="true"><path d="${outline}"/></svg>`,
  );
}
