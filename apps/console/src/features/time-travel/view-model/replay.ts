import type { WindowText } from "@weir/domain";
import { isMoving, widthOf, windowOf } from "@weir/domain/browser";
import { textOf } from "../../time/index.ts";

/** How much of time passes in a step of a replay: a sixth of the window, in whole ten seconds. */
export function replayStepMs(text: WindowText): number {
  return Math.max(10_000, Math.round(widthOf(text) / 6 / 10_000) * 10_000);
}

/** The next picture of a replay; undefined once it has come to now. */
export function replayedOn(text: WindowText, nowMs: number): WindowText | undefined {
  if (isMoving(text)) return undefined;
  const { fromMs, toMs } = windowOf(text, nowMs);
  const byMs = replayStepMs(text);
  return textOf({ fromMs: fromMs + byMs, toMs: toMs + byMs }, nowMs);
}

/** Where a replay begins: at the window, if that is past; a strip's length before now, if not. */
export function replayFrom(text: WindowText, stripFromMs: number, nowMs: number): WindowText {
  if (!isMoving(text)) return text;
  return textOf({ fromMs: stripFromMs, toMs: stripFromMs + widthOf(text) }, nowMs);
}
