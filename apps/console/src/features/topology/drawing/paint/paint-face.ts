import { type Box, type Health, judge } from "@weir/graph";
import type { MapNode, MapVersion } from "../../../../server/topology/topology-view.ts";
import { formatShare } from "../../../../ui/format/numbers.ts";
import { nameOf } from "../../view-model/describe.ts";
import { faceOf, shortName } from "../../view-model/face.ts";
import { briefCause } from "../../view-model/health-reason.ts";
import { headHeight, versionHeight } from "../../view-model/measures.ts";
import { versionColor } from "../../view-model/version-color.ts";
import type { Palette } from "../palette.ts";
import type { Brush, Paper } from "./brush.ts";
import { paintHealth } from "./paint-health.ts";
import { paintMarks } from "./paint-marks.ts";
import { paintMode } from "./paint-mode.ts";
import { fitted } from "./text.ts";

/** All that a node's box has, as `MapNode` and `MapVersionRows` draw it: the same words, lengths and colours. */
export function paintFace(brush: Brush, node: MapNode, box: Box, health: Health): void {
  const { context, style } = brush;
  const { palette } = style;
  context.textAlign = "left";
  if (node.kind === "outside") {
    context.font = `400 13px ${style.sans}`;
    context.fillStyle = palette["text-muted"];
    context.fillText(nameOf(node), box.x + 16, box.y + 28.5);
    return;
  }
  const face = faceOf(node);
  const compact = box.width < 160;
  const left = box.x + (compact ? 8 : 11);
  paintHealth(brush, health, left, box.y + 11);
  context.font = `600 13px ${style.sans}`;
  context.fillStyle = palette.text;
  const markRoom = node.mode && !compact ? 34 : 10;
  const name = fitted(context, shortName(node, face.name), box.x + box.width - left - 16 - markRoom);
  context.fillText(name, left + 16, box.y + 20.5);
  context.font = `400 11px ${style.mono}`;
  context.fillStyle = palette["text-muted"];
  context.fillText(face.figures, left + 16, box.y + 37);
  if (face.row !== undefined) context.fillText(face.row, box.x + 12, box.y + headHeight + 13);
  const { cause } = judge(node);
  if (cause) {
    context.fillStyle = palette[health];
    context.fillText(briefCause(cause), left + 24 + context.measureText(face.figures).width, box.y + 37);
  }
  if (node.mode) {
    const mode = node.mode.origin === "hold" ? "hold" : node.mode.mode;
    paintMode(brush, mode, box.x + box.width - (compact ? 22 : 27), box.y + (compact ? 25 : 8));
  }
  paintVersions(brush, node, box);
  if (node.marks) paintMarks(brush, node.marks, box);
}

const barLeft = 56;
const barRight = 50;

function paintVersions({ context, style }: Brush, node: MapNode, box: Box): void {
  const { palette } = style;
  if (node.versions.length === 0) return;
  context.fillStyle = palette.line;
  context.fillRect(box.x + 1, box.y + headHeight - 2.5, box.width - 2, 1);
  const full = box.width - barLeft - barRight;
  context.font = `400 11px ${style.mono}`;
  node.versions.forEach((version, index) => {
    const y = box.y + headHeight + index * versionHeight;
    context.textAlign = "left";
    context.fillStyle = version.ready ? palette.text : palette["text-faint"];
    context.fillText(fitted(context, version.version, barLeft - 14), box.x + 12, y + 13);
    bar(context, box.x + barLeft, y + 6, full, palette.sunken);
    bar(context, box.x + barLeft, y + 6, (version.share ?? 0) * full, hueOf(node.versions, version, palette));
    if (version.wanted !== undefined && !node.canaryActs) {
      context.setLineDash([2, 2]);
      context.lineWidth = 1;
      context.strokeStyle = palette["text-muted"];
      context.strokeRect(box.x + barLeft - 0.5, y + 3.5, version.wanted * full + 1, 11);
      context.setLineDash([]);
    }
    context.textAlign = "right";
    context.fillStyle = version.share ? palette.text : palette["text-faint"];
    context.fillText(formatShare(version.share), box.x + box.width - 12, y + 13);
  });
}

function bar(context: Paper, x: number, y: number, width: number, color: string): void {
  if (width <= 0) return;
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(x, y, width, 6, 2);
  context.fill();
}

/** The hue that the SVG takes from the style sheet by `var(--series-1)`. */
function hueOf(versions: readonly MapVersion[], { version }: MapVersion, palette: Palette): string {
  const name = versionColor(versions, version).slice("var(--".length, -1);
  return (palette as Readonly<Record<string, string>>)[name] ?? palette.text;
}
