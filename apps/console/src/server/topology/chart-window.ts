import { isMoving, type Window, type WindowText, widthOf, windowOf } from "@weir/domain";

/** Telemetry is kept by ten seconds; an interval of a chart is a whole number of them. */
const stepsMs = [
  ...[10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600].map((seconds) => 1_000 * seconds),
  ...[2, 3, 4, 6, 8, 12, 24, 48].map((hours) => 3_600_000 * hours),
];
/** What a chart of the side panel shows side by side, and a heatmap in full. */
const maxSlots = 75;

/** A window cut into intervals of one length. */
export interface ChartWindow extends Window {
  readonly slots: number;
}

/**
 * The intervals of a chart of a window. One that ends now ends at a border of ten seconds instead, so that the newest
 * interval is not drawn as a fall; one that stays is widened to whole intervals.
 */
export function chartWindow(text: WindowText, nowMs: number): ChartWindow {
  const stepMs = stepsMs.find((step) => widthOf(text) / step <= maxSlots) ?? widthOf(text);
  const window = windowOf(text, nowMs);
  const borderMs = isMoving(text) ? 10_000 : stepMs;
  const toMs = (isMoving(text) ? Math.floor : Math.ceil)(window.toMs / borderMs) * borderMs;
  const fromMs = isMoving(text) ? toMs - widthOf(text) : Math.floor(window.fromMs / borderMs) * borderMs;
  const slots = Math.ceil((toMs - fromMs) / stepMs);
  return { fromMs: toMs - slots * stepMs, toMs, slots };
}
