import type { Point } from "@weir/graph";

/** How far nodes were dragged from where they were laid out, by id. */
export type NodeMoves = Readonly<Record<string, Point>>;

/** More than this make an address longer than chats and proxies let pass. */
const mostInAddress = 40;

/** As it stands in an address, `shop/cart:12:-40;…`, to whole pixels; null for none, or too many to say. */
export function movesText(moves: NodeMoves): string | null {
  const entries = Object.entries(moves);
  if (entries.length === 0 || entries.length > mostInAddress) return null;
  return entries
    .map(
      ([id, { x, y }]) =>
        `${encodeURIComponent(id).replaceAll("%2F", "/")}:${Math.round(x)}:${Math.round(y)}`,
    )
    .join(";");
}

/** What {@link movesText} wrote; null for a text that is none of its own. */
export function readMovesText(text: string): NodeMoves | null {
  const moves: Record<string, Point> = {};
  for (const entry of text.split(";").slice(0, mostInAddress)) {
    const [, id, x, y] = /^([^:;]+):(-?\d{1,6}):(-?\d{1,6})$/.exec(entry) ?? [];
    if (id === undefined) return null;
    try {
      moves[decodeURIComponent(id)] = { x: Number(x), y: Number(y) };
    } catch {
      return null; // a half of an escape
    }
  }
  return moves;
}
