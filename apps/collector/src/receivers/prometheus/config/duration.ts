import { z } from "zod";

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** A duration as Prometheus writes it, units in falling order (`10s`, `1h30m`, `500ms`), in milliseconds; above zero. */
export const Duration = z.string().transform((text, context) => {
  const ms = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/.test(text)
    ? text
        .matchAll(/(\d+)(ms|[smhdwy])/g)
        .reduce((sum, [, n, unit]) => sum + Number(n) * (unitMs[unit ?? ""] ?? 0), 0)
    : 0;
  if (ms > 0) return ms;
  context.addIssue({ code: "custom", message: "must be a duration such as 10s or 1m30s" });
  return z.NEVER;
});
