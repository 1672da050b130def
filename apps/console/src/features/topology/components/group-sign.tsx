import { groupIcons, groupText } from "../../preview/components/effect-glyph.tsx";
import type { MapOutlook } from "../view-model/map-outlook.ts";

interface GroupSignProps {
  readonly group: MapOutlook["group"] | "unchanged";
  /** Left end of the label, in pixels. */
  readonly x: number;
}

/** What would become of an edge's requests, in the place of its health. */
export function GroupSign({ group, x }: GroupSignProps) {
  const Icon = groupIcons[group];
  return <Icon x={x - 1} y={4} width={11} height={11} className={groupText[group]} />;
}
