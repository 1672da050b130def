/** Something to tell in passing, at the foot of the page. */
export interface Notice {
  readonly kind: "plain" | "success" | "error";
  readonly text: string;
  /** How long it stays; a few seconds where nothing is said. */
  readonly durationMs?: number;
  /** A button of the notice, and what it does. */
  readonly action?: { readonly label: string; act(): void };
}

/** Of the page's window. */
const eventName = "weir:notice";

/** Shows a notice. What shows them (`Toasts`) is loaded for the first one. */
export function raiseNotice(
  kind: Notice["kind"],
  text: string,
  more: Pick<Notice, "durationMs" | "action"> = {},
): void {
  window.dispatchEvent(new CustomEvent<Notice>(eventName, { detail: { kind, text, ...more } }));
}

/** @returns what ends it. */
export function onNotice(take: (notice: Notice) => void): () => void {
  const hear = (event: Event) => take((event as CustomEvent<Notice>).detail);
  window.addEventListener(eventName, hear);
  return () => window.removeEventListener(eventName, hear);
}
