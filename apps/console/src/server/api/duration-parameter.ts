import { z } from "zod";

const unitMs: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1e3, m: 60e3, h: 3600e3 },
};
const form = /^(\d{1,12}(?:\.\d{1,9})?)(ns|us|µs|μs|ms|s|m|h)$/;

/** Milliseconds of a duration as Go and Jaeger write it with one unit, such as `40ms`; undefined for what is none. */
export function durationMs(text: string): number | undefined {
  const [, count, unit] = form.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (unitMs[unit ?? ""] ?? 0);
}

/** A duration with its unit, as milliseconds. */
export const DurationParameter = z
  .string()
  .max(30)
  .transform((text, context) => {
    const ms = durationMs(text);
    if (ms !== undefined) return ms;
    context.addIssue("must be a number with its unit: 250us, 40ms, 1.5s, 2m");
    return z.NEVER;
  });
