import { pages } from "./pages.ts";

export interface KeyEntry {
  readonly keys: readonly string[];
  readonly does: string;
}

/** What a key of the frame does; `go` is the second one of two. */
export type FrameAction =
  | { readonly type: "palette" | "keys" | "pause" | "refresh" }
  | { readonly type: "go"; readonly href: string };

interface FrameKey extends KeyEntry {
  readonly action: FrameAction;
  /** As the browser names the key (UI Events: `KeyboardEvent.key`). */
  readonly key: string;
}

/** The keys of the frame: what is shown as help is what is listened for. */
export const frameKeys: readonly FrameKey[] = [
  {
    ...{ key: "k", keys: ["⌘K", "Ctrl K"], action: { type: "palette" } },
    does: "Go to a page, a service or a trace; do something",
  },
  { key: "?", keys: ["?"], does: "These keys", action: { type: "keys" } },
  { key: "p", keys: ["p"], does: "Pause, go on", action: { type: "pause" } },
  { key: "r", keys: ["r"], does: "Read everything again", action: { type: "refresh" } },
  ...pages.map(
    ({ key, label, href }): FrameKey => ({
      key,
      keys: ["g", key],
      does: label,
      action: { type: "go", href },
    }),
  ),
];

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key asks of the frame. `afterGo`: a `g` was pressed right before. `typing`: it belongs to a field or dialog. */
export function frameActionOf(pressed: Pressed, afterGo: boolean, typing: boolean): FrameAction | undefined {
  const chord = pressed.ctrlKey || pressed.metaKey;
  const asked = (type: FrameAction["type"], key: string) =>
    frameKeys.find((entry) => entry.action.type === type && entry.key === key)?.action;
  if (chord) return asked("palette", pressed.key.toLowerCase());
  if (typing || pressed.altKey) return undefined;
  if (afterGo) return asked("go", pressed.key);
  return asked("keys", pressed.key) ?? asked("pause", pressed.key) ?? asked("refresh", pressed.key);
}

/** Every key there is, by where it works. Those of pages are listened for by the pages' own code. */
export const keyGroups: readonly { readonly title: string; readonly keys: readonly KeyEntry[] }[] = [
  { title: "Everywhere", keys: [...frameKeys, { keys: ["Esc"], does: "Close what is open" }] },
  {
    title: "Map",
    keys: [
      { keys: ["Tab"], does: "Next service or edge" },
      { keys: ["Enter"], does: "Open it" },
      { keys: ["f"], does: "Fit the map" },
      { keys: ["+", "-"], does: "Zoom" },
      { keys: ["← ↑ → ↓"], does: "Move the map" },
      { keys: ["Shift ← ↑ → ↓"], does: "To the next service that way" },
    ],
  },
  {
    title: "Trace",
    keys: [
      { keys: ["↑", "↓", "j", "k"], does: "Previous, next span" },
      { keys: ["Page Up", "Page Down"], does: "Ten spans back, on" },
      { keys: ["Home", "End"], does: "First, last span" },
      { keys: ["←", "→"], does: "Fold and unfold" },
      { keys: ["[", "]"], does: "Fold, unfold all" },
      { keys: ["1", "…", "9"], does: "So many levels of the tree" },
      { keys: ["o", "p"], does: "One level less, one more" },
      { keys: ["Enter"], does: "Details of the span" },
      { keys: ["/"], does: "Search in the trace" },
      { keys: ["n", "N"], does: "Next, previous match" },
      { keys: ["e", "E"], does: "Next, previous failed span" },
      { keys: ["+", "-", "0"], does: "Zoom in time, all of it" },
      { keys: ["a", "d"], does: "Earlier, later part of the time" },
      { keys: ["w", "s"], does: "Scroll" },
    ],
  },
  {
    title: "Weight slider",
    keys: [
      { keys: ["←", "→"], does: "One per cent less or more" },
      { keys: ["Page Up", "Page Down"], does: "Ten per cent" },
      { keys: ["Home", "End"], does: "None, all" },
    ],
  },
];
