import { backEdges } from "./back-edges.ts";

/** Nodes by their index: sizes in pixels, the group each is in (-1: none), and who calls whom. */
export interface ColumnProblem {
  readonly widths: Float64Array;
  readonly heights: Float64Array;
  readonly groups: Int32Array;
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
}

interface Item {
  readonly width: number;
  readonly height: number;
}

interface Link {
  readonly source: number;
  readonly target: number;
}

/** Room around the members of a group: a title above, a margin at the other sides. */
export const groupRoom = { top: 36, side: 20 };

const memberGap = { x: 56, y: 14 };
const groupGap = { x: 150, y: 48 };
/** Wide as windows are. */
const aspect = 1.7;
const sweeps = 6;

/**
 * Upper left corners (x, y by turns) for graphs where an optimal layered layout takes too long: flow from left to
 * right in columns that are filled in the order of calls, first within each group, then of the groups among each
 * other. Takes time in proportion to nodes and edges. Deterministic; nothing overlaps.
 */
export function arrangeColumns(problem: ColumnProblem): Float64Array {
  const members = new Map<number, number[]>();
  const blockOf: number[] = [];
  const blocks: number[][] = [];
  problem.groups.forEach((group, node) => {
    const known = group < 0 ? undefined : members.get(group);
    const block = known ?? [];
    if (!known) {
      blocks.push(block);
      if (group >= 0) members.set(group, block);
    }
    block.push(node);
  });
  blocks.forEach((block, index) => {
    for (const node of block) blockOf[node] = index;
  });
  const placeIn = new Float64Array(2 * problem.widths.length);
  const inner = linksWithin(problem, blockOf, blocks);
  const outer = blocks.map((block, index) =>
    arrangeBlock(problem, block, inner.within[index] ?? [], placeIn),
  );
  const { places } = columns(outer, inner.between, groupGap);
  blocks.forEach((block, index) => {
    for (const node of block) {
      placeIn[2 * node] = (placeIn[2 * node] ?? 0) + (places[2 * index] ?? 0);
      placeIn[2 * node + 1] = (placeIn[2 * node + 1] ?? 0) + (places[2 * index + 1] ?? 0);
    }
  });
  return placeIn;
}

function linksWithin(problem: ColumnProblem, blockOf: readonly number[], blocks: readonly number[][]) {
  const placeInBlock: number[] = [];
  for (const block of blocks)
    block.forEach((node, index) => {
      placeInBlock[node] = index;
    });
  const within: Link[][] = blocks.map(() => []);
  const between = new Map<number, Link>();
  problem.sources.forEach((source, edge) => {
    const target = problem.targets[edge] ?? 0;
    const [from, to] = [blockOf[source] ?? 0, blockOf[target] ?? 0];
    if (from === to)
      within[from]?.push({ source: placeInBlock[source] ?? 0, target: placeInBlock[target] ?? 0 });
    else between.set(from * blocks.length + to, { source: from, target: to });
  });
  return { within, between: [...between.values()] };
}

/** Writes places within the block and gives the size that the block takes among the others. */
function arrangeBlock(
  { widths, heights, groups }: ColumnProblem,
  block: readonly number[],
  links: readonly Link[],
  into: Float64Array,
): Item {
  const items = block.map((node) => ({ width: widths[node] ?? 0, height: heights[node] ?? 0 }));
  const { places, width, height } = columns(items, links, memberGap);
  const grouped = (groups[block[0] ?? 0] ?? -1) >= 0;
  const [left, top] = grouped ? [groupRoom.side, groupRoom.top] : [0, 0];
  block.forEach((node, index) => {
    into[2 * node] = (places[2 * index] ?? 0) + left;
    into[2 * node + 1] = (places[2 * index + 1] ?? 0) + top;
  });
  if (!grouped) return { width, height };
  return { width: width + 2 * left, height: height + top + groupRoom.side };
}

/** Columns side by side, each in the middle of the height, with what calls each other near the same height. */
function columns(items: readonly Item[], links: readonly Link[], gap: { x: number; y: number }) {
  const filled = fillColumns(items, ranks(items.length, links), gap);
  orderByNeighbours(filled, items, links, gap);
  const places = new Float64Array(2 * items.length);
  const heights = filled.map((column) => heightOf(column, items, gap.y));
  const height = Math.max(0, ...heights);
  let x = 0;
  filled.forEach((column, index) => {
    const width = Math.max(...column.map((item) => items[item]?.width ?? 0));
    let y = (height - (heights[index] ?? 0)) / 2;
    for (const item of column) {
      places[2 * item] = x;
      places[2 * item + 1] = y;
      y += (items[item]?.height ?? 0) + gap.y;
    }
    x += width + gap.x;
  });
  return { places, width: Math.max(0, x - gap.x), height };
}

/** How far each item is from the first callers: one more than the farthest of its own, circles cut open. */
function ranks(count: number, links: readonly Link[]): Uint32Array {
  const edges = links.map(({ source, target }, id) => ({
    id: `${id}`,
    source: `${source}`,
    target: `${target}`,
  }));
  const back = backEdges(
    Array.from({ length: count }, (_, index) => `${index}`),
    edges,
  );
  const forward = links.filter((_, index) => !back.has(`${index}`));
  const callees = Map.groupBy(forward, (link) => link.source);
  const waitsFor = new Uint32Array(count);
  for (const { target } of forward) waitsFor[target] = (waitsFor[target] ?? 0) + 1;
  const rank = new Uint32Array(count);
  const ready = [...waitsFor.keys()].filter((item) => waitsFor[item] === 0);
  for (const item of ready)
    for (const { target } of callees.get(item) ?? []) {
      rank[target] = Math.max(rank[target] ?? 0, (rank[item] ?? 0) + 1);
      waitsFor[target] = (waitsFor[target] ?? 0) - 1;
      if (waitsFor[target] === 0) ready.push(target);
    }
  return rank;
}

/** Fills columns in the order of ranks up to the height that makes the whole as wide as a window. */
function fillColumns(items: readonly Item[], rank: Uint32Array, gap: { x: number; y: number }): number[][] {
  const area = items.reduce((sum, item) => sum + (item.width + gap.x) * (item.height + gap.y), 0);
  const tallest = items.reduce((most, item) => Math.max(most, item.height + gap.y), 0);
  const fullAt = Math.max(Math.sqrt(area / aspect), tallest);
  const inOrder = items.map((_, index) => index).sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0) || a - b);
  const filled: number[][] = [];
  let left = 0;
  for (const item of inOrder) {
    const height = (items[item]?.height ?? 0) + gap.y;
    if (left < height) {
      filled.push([]);
      left = fullAt;
    }
    filled.at(-1)?.push(item);
    left -= height;
  }
  return filled;
}

/** Sorts each column by the mean height of what its items call and are called by, a few times over (barycentre). */
function orderByNeighbours(
  filled: readonly number[][],
  items: readonly Item[],
  links: readonly Link[],
  gap: { y: number },
): void {
  const neighbours: number[][] = items.map(() => []);
  for (const { source, target } of links) {
    neighbours[source]?.push(target);
    neighbours[target]?.push(source);
  }
  const middle = new Float64Array(items.length);
  const measure = (column: readonly number[]) => {
    let y = -heightOf(column, items, gap.y) / 2;
    for (const item of column) {
      const height = items[item]?.height ?? 0;
      middle[item] = y + height / 2;
      y += height + gap.y;
    }
  };
  filled.forEach(measure);
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const column of sweep % 2 === 0 ? filled : filled.toReversed()) {
      const wish = new Map(column.map((item) => [item, meanOf(neighbours[item] ?? [], middle, item)]));
      column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || a - b);
      measure(column);
    }
}

function meanOf(neighbours: readonly number[], middle: Float64Array, item: number): number {
  if (neighbours.length === 0) return middle[item] ?? 0;
  return neighbours.reduce((sum, other) => sum + (middle[other] ?? 0), 0) / neighbours.length;
}

function heightOf(column: readonly number[], items: readonly Item[], gap: number): number {
  return column.reduce((sum, item) => sum + (items[item]?.height ?? 0) + gap, -gap);
}
