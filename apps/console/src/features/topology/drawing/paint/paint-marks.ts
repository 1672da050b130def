import type { Box } from "@weir/graph";
import type { MapMark } from "../../../../server/topology/map-marks.ts";
import { markNames } from "../../view-model/mark-words.ts";
import type { Brush } from "./brush.ts";

const radius = 8.5;
const step = 2 * radius + 3;

/** Small round signs on a node's upper edge, as `MapMarks` has them, with a letter in the place of the icon: solid where requests are changed, hollow where that is only observed. */
export function paintMarks({ context, style }: Brush, marks: readonly MapMark[], box: Box): void {
  context.font = `600 10px ${style.sans}`;
  context.textAlign = "center";
  context.lineWidth = 1;
  marks.forEach(({ kind, acts }, index) => {
    const x = box.x + box.width - 16 - (marks.length - 1 - index) * step;
    const color = acts ? style.palette.enforce : style.palette.observe;
    context.beginPath();
    context.arc(x, box.y, radius, 0, 2 * Math.PI);
    context.fillStyle = acts ? color : style.palette.page;
    context.fill();
    context.strokeStyle = color;
    context.stroke();
    context.fillStyle = acts ? style.palette.page : color;
    context.fillText(markNames[kind].charAt(0).toUpperCase(), x, box.y + 3.5);
  });
}
