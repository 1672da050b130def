import type { PolicyReplay } from "@weir/domain";
import type { RequestShape } from "@weir/store";
import type { PreviewTally } from "./preview-tally.ts";

/** More shapes than fit into one part of a window. */
const placeUnit = 2 ** 21;

/** Judges the requests of one part of a window, and tallies what they would have met. `fromMs`: where the part begins. */
export function replayShapes(
  replay: PolicyReplay,
  shapes: readonly RequestShape[],
  fromMs: number,
  tally: PreviewTally,
): void {
  if (replay.isOrdered) replayInOrder(replay, shapes, fromMs, tally);
  else replayAlike(replay, shapes, fromMs, tally);
}

function replayAlike(
  replay: PolicyReplay,
  shapes: readonly RequestShape[],
  fromMs: number,
  tally: PreviewTally,
): void {
  for (const shape of shapes) {
    const tallied = tally.of(shape);
    const alike = replay.judgeAlike(shape);
    if (alike) {
      tallied.addAlike(alike, shape, fromMs);
      continue;
    }
    const { atMs, durationUs } = shape;
    for (let i = 0; i < atMs.length; i++) {
      const at = fromMs + atMs[i]!;
      tallied.add(replay.judge(shape, at, durationUs[i]! / 1_000), at);
    }
  }
}

/** Requests of one millisecond come in any order. Time and place are one number each, which sorts them at once. */
function replayInOrder(
  replay: PolicyReplay,
  shapes: readonly RequestShape[],
  fromMs: number,
  tally: PreviewTally,
): void {
  const total = shapes.reduce((sum, { requests }) => sum + requests, 0);
  const order = new Float64Array(total);
  let filled = 0;
  shapes.forEach(({ atMs }, place) => {
    for (const at of atMs) order[filled++] = at * placeUnit + place;
  });
  const tallies = shapes.map((shape) => tally.of(shape));
  for (const key of order.sort()) {
    const place = key % placeUnit;
    const atMs = fromMs + Math.floor(key / placeUnit);
    tallies[place]!.add(replay.judge(shapes[place]!, atMs, 0), atMs);
  }
}
