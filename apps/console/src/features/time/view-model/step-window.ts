import type { Window, WindowText } from "@weir/domain";
import { isMoving, maxWindowMs, textOfWindow, widthOf, windowOf } from "@weir/domain/browser";

const units = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "m"],
  [1_000, "s"],
] as const;

/** The window of that length (ms, whole seconds) that ends now: `15m`, `90s`. */
export function lastText(ms: number): WindowText {
  // 24 h stays 24 h: it is what is on offer.
  const [unitMs, unit] = units.find(([one]) => ms % one === 0 && ms !== 86_400_000) ?? units[1];
  return `${ms / unitMs}${unit}`;
}

/** One that reaches up to now, or further, moves with it from now on; any other stays. */
export function textOf({ fromMs, toMs }: Window, nowMs: number): WindowText {
  return toMs >= nowMs
    ? lastText(Math.round((toMs - fromMs) / 1_000) * 1_000)
    : textOfWindow({ fromMs, toMs });
}

/** The window of the same length right before, or right after. */
export function stepWindow(text: WindowText, nowMs: number, step: "back" | "on"): WindowText {
  if (step === "on" && isMoving(text)) return text;
  // Nobody means seconds who steps by minutes, and times without them are shorter to read.
  const roundMs = isMoving(text) && widthOf(text) >= 300_000 ? 60_000 : 1;
  const { fromMs, toMs } = windowOf(text, Math.floor(nowMs / roundMs) * roundMs);
  const byMs = (step === "back" ? -1 : 1) * widthOf(text);
  return textOf({ fromMs: fromMs + byMs, toMs: toMs + byMs }, nowMs);
}

/** Twice as long, around the same middle; never past now. */
export function widenWindow(text: WindowText, nowMs: number): WindowText {
  const widthMs = Math.min(maxWindowMs, 2 * widthOf(text));
  if (isMoving(text)) return lastText(widthMs);
  const { fromMs, toMs } = windowOf(text, nowMs);
  const endMs = Math.min(nowMs, (fromMs + toMs) / 2 + widthMs / 2);
  return textOf({ fromMs: endMs - widthMs, toMs: endMs }, nowMs);
}
