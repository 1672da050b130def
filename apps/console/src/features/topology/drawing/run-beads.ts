import type { Traffic } from "../view-model/traffic.ts";

/** Straight parts of a bent way, in pixels at a zoom of 1: shorter ones nobody could tell from a curve. */
const partPx = 14;

/**
 * Sends beads along a line, for ever. Only `transform` and `opacity` are animated, so the browser's compositor does it
 * alone: the page's thread has no part in any frame. (`offset-path` and dashes would be painted anew for each.)
 *
 * @param beads an element for each bead, drawn around the origin.
 * @returns what ends it.
 */
export function runBeads(line: SVGPathElement, beads: readonly Element[], traffic: Traffic): () => void {
  const length = line.getTotalLength();
  const parts = Math.max(1, Math.ceil(length / partPx));
  const way = Array.from({ length: parts + 1 }, (_, part) => {
    const { x, y } = line.getPointAtLength((length * part) / parts);
    return `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  });
  const passMs = Math.max(300, (1_000 * length) / traffic.pace);
  const running = traffic.beads.map(({ phase, every }, index) =>
    beads[index]?.animate(passes(way, every), {
      duration: passMs * every,
      delay: -passMs * (phase + every - 1),
      iterations: Number.POSITIVE_INFINITY,
    }),
  );
  return () => {
    for (const animation of running) animation?.cancel();
  };
}

/** One pass along a way, and out of sight for the others. */
function passes(way: readonly string[], every: number): Keyframe[] {
  const parts = way.length - 1;
  const seen = way.map((transform, part) => ({ transform, opacity: 1, offset: part / parts / every }));
  if (every === 1) return seen;
  const hidden = { transform: way.at(-1) ?? "none", opacity: 0 };
  return [...seen, { ...hidden, offset: 1 / every }, { ...hidden, offset: 1 }];
}
