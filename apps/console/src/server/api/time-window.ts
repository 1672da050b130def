import type { Window } from "@weir/domain";
import { z } from "zod";
import { InvalidParameter } from "./invalid-parameter.ts";

/** A moment as it is asked for: one of the clock's, or so long before now. */
type Moment = { readonly atMs: number } | { readonly agoMs: number };

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const ago = /^(\d{1,6})(s|m|h|d)$/;
const slotMs = 10_000;

/** `15m`, `2h`, or a time of RFC 3339 with its zone. */
const MomentText = z
  .string()
  .max(40)
  .transform((text, context): Moment => {
    const [, count, unit] = ago.exec(text) ?? [];
    if (count !== undefined) return { agoMs: Number(count) * (unitMs[unit ?? ""] ?? 0) };
    if (z.iso.datetime({ offset: true }).safeParse(text).success) return { atMs: Date.parse(text) };
    context.addIssue(
      "must be how long ago (such as 90s, 15m, 6h or 7d) or a time of RFC 3339 with its zone (such as 2026-11-01T10:30:00Z)",
    );
    return z.NEVER;
  });

/** The parameters of an operation that asks about a window; `text` says when it begins unless told. */
export function windowParametersFrom({ agoMs, text }: { readonly agoMs: number; readonly text: string }) {
  return {
    from: MomentText.default({ agoMs }).meta({
      description: `Start of the window, inclusive: how long ago (\`90s\`, \`15m\`, \`6h\`, \`7d\`) or a time of RFC 3339 with its zone. ${text} unless told.`,
      example: "15m",
    }),
    to: MomentText.default({ agoMs: 0 }).meta({
      description: "End of the window, exclusive, in the same forms. Now unless told.",
      example: "2026-11-01T10:30:00Z",
    }),
  };
}

/** Those of most. */
export const windowParameters = windowParametersFrom({ agoMs: 900_000, text: "15 minutes ago" });

/**
 * The window asked for. What is relative is counted from the end of the ten seconds that are under way, so that
 * two questions in the same ten seconds are the same question, and have the same `ETag`.
 * @throws InvalidParameter for a window that ends before it begins.
 */
export function windowOf({ from, to }: { from: Moment; to: Moment }, nowMs: number): Window {
  const sharedNowMs = Math.ceil(nowMs / slotMs) * slotMs;
  const msOf = (moment: Moment) => Math.max(0, "atMs" in moment ? moment.atMs : sharedNowMs - moment.agoMs);
  const window = { fromMs: msOf(from), toMs: msOf(to) };
  if (window.fromMs >= window.toMs)
    throw new InvalidParameter(
      "from",
      `the window begins at ${timeText(window.fromMs)} and ends at ${timeText(window.toMs)}: from must be before to`,
    );
  return window;
}

/** A window as answers tell it. */
export const WindowShape = z
  .object({ from: z.iso.datetime(), to: z.iso.datetime() })
  .meta({ id: "Window", description: "What the answer is about: `from` inclusive, `to` exclusive." });

export function windowShape({ fromMs, toMs }: Window): z.infer<typeof WindowShape> {
  return { from: timeText(fromMs), to: timeText(toMs) };
}

/** RFC 3339, UTC, with milliseconds. */
export function timeText(atMs: number): string {
  return new Date(atMs).toISOString();
}
