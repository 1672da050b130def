import type { Window, WindowText } from "@weir/domain";
import { isMoving, textOfWindow, windowOf } from "@weir/domain/browser";
import { lastText } from "../../time/index.ts";

const hourMs = 3_600_000;
const spansMs = [hourMs, 6 * hourMs, 24 * hourMs, 7 * 24 * hourMs, 30 * 24 * hourMs, 92 * 24 * hourMs];
/** Of what is around it a window takes this share at most, so that there is somewhere to drag it to. */
const mostOfIt = 1 / 4;

/**
 * The time that a strip shows around a window: it ends now as long as the window still lies in it, and has the window
 * in its middle otherwise.
 */
export function around(text: WindowText, nowMs: number): WindowText {
  const window = windowOf(text, nowMs);
  const widthMs = window.toMs - window.fromMs;
  const spanMs = spansMs.find((span) => widthMs <= span * mostOfIt) ?? (spansMs.at(-1) as number);
  if (isMoving(text) || window.fromMs >= nowMs - spanMs) return lastText(spanMs);
  const middleMs = (window.fromMs + window.toMs) / 2;
  // To whole steps, so that a little dragging does not make it another strip.
  const fromMs = Math.floor((middleMs - spanMs / 2) / (spanMs / 4)) * (spanMs / 4);
  return textOfWindow({ fromMs, toMs: Math.min(nowMs, fromMs + spanMs) });
}

/** A window moved or stretched by hand: to whole ten seconds, inside the strip, and never shorter than ten seconds. */
export function draggedWindow(window: Window, by: { fromMs?: number; toMs?: number }, strip: Window): Window {
  const round = (ms: number) => Math.round(ms / stepMs) * stepMs;
  const moved = { fromMs: window.fromMs + (by.fromMs ?? 0), toMs: window.toMs + (by.toMs ?? 0) };
  if (by.fromMs !== undefined && by.toMs !== undefined) {
    const widthMs = window.toMs - window.fromMs;
    const fromMs = round(Math.min(strip.toMs - widthMs, Math.max(strip.fromMs, moved.fromMs)));
    return { fromMs, toMs: fromMs + widthMs };
  }
  if (by.fromMs !== undefined) {
    const fromMs = round(Math.max(strip.fromMs, moved.fromMs));
    return { fromMs: Math.min(fromMs, window.toMs - stepMs), toMs: window.toMs };
  }
  const toMs = round(Math.min(strip.toMs, moved.toMs));
  return { fromMs: window.fromMs, toMs: Math.max(toMs, window.fromMs + stepMs) };
}

const stepMs = 10_000;
