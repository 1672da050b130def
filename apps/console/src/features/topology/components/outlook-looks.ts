import type { MapOutlook } from "../view-model/map-outlook.ts";

/** How a line looks by what would become of its requests: a dash of its own, so that colour says nothing alone. */
export const outlookLooks: Readonly<
  Record<MapOutlook["group"] | "unchanged", { readonly text: string; readonly dash: string | undefined }>
> = {
  refused: { text: "text-failing", dash: "2 4" },
  changed: { text: "text-enforce", dash: "12 4 2 4" },
  unchanged: { text: "text-faint", dash: undefined },
};
