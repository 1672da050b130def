import type { Health } from "@weir/graph";
import type { Brush } from "./brush.ts";

/** Health as a shape in a field of 10 by 10, as `HealthShape` draws it: a disc, a triangle, a cross in a square, a ring. */
export function paintHealth(
  { context, style }: Pick<Brush, "context" | "style">,
  health: Health,
  left: number,
  top: number,
  size = 10,
): void {
  const at = (x: number, y: number) => [left + (x * size) / 10, top + (y * size) / 10] as const;
  const unit = size / 10;
  context.fillStyle = style.palette[health];
  context.strokeStyle = style.palette[health];
  context.beginPath();
  switch (health) {
    case "ok":
      context.arc(...at(5, 5), 3.5 * unit, 0, 2 * Math.PI);
      context.fill();
      return;
    case "degraded":
      context.moveTo(...at(5, 0.8));
      context.lineTo(...at(9.6, 9));
      context.lineTo(...at(0.4, 9));
      context.fill();
      return;
    case "failing":
      context.roundRect(...at(0.5, 0.5), 9 * unit, 9 * unit, 1.5 * unit);
      context.fill();
      context.beginPath();
      context.moveTo(...at(3, 3));
      context.lineTo(...at(7, 7));
      context.moveTo(...at(7, 3));
      context.lineTo(...at(3, 7));
      context.strokeStyle = style.palette.surface;
      context.lineWidth = 1.4 * unit;
      context.stroke();
      return;
    case "no-data":
      context.setLineDash([2 * unit, 1.4 * unit]);
      context.arc(...at(5, 5), 3.3 * unit, 0, 2 * Math.PI);
      context.lineWidth = 1.4 * unit;
      context.stroke();
      context.setLineDash([]);
  }
}
