import type { Brush } from "./brush.ts";

/** The eye, the shield or the pause in a field of 16 by 16. */
export function paintMode(
  { context, style }: Brush,
  mode: "observe" | "enforce" | "hold",
  left: number,
  top: number,
): void {
  context.lineWidth = 1.4;
  context.strokeStyle = style.palette[mode];
  context.fillStyle = style.palette["enforce-soft"];
  context.beginPath();
  if (mode === "hold") {
    context.rect(left + 4, top + 3.5, 2.6, 10);
    context.rect(left + 9.4, top + 3.5, 2.6, 10);
    context.stroke();
  } else if (mode === "enforce") {
    context.roundRect(left - 3, top - 2, 22, 22, 5);
    context.fill();
    context.beginPath();
    context.moveTo(left + 8, top + 2.4);
    context.quadraticCurveTo(left + 10.5, top + 4.3, left + 13.3, top + 4.3);
    context.quadraticCurveTo(left + 14, top + 12.4, left + 8, top + 15.4);
    context.quadraticCurveTo(left + 2, top + 12.4, left + 2.7, top + 4.3);
    context.quadraticCurveTo(left + 5.5, top + 4.3, left + 8, top + 2.4);
    context.stroke();
  } else {
    context.moveTo(left + 1.4, top + 9);
    context.quadraticCurveTo(left + 8, top - 0.6, left + 14.6, top + 9);
    context.quadraticCurveTo(left + 8, top + 18.6, left + 1.4, top + 9);
    context.moveTo(left + 10, top + 9);
    context.arc(left + 8, top + 9, 2, 0, 2 * Math.PI);
    context.stroke();
  }
}
