import { z } from "zod";

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const whole = /^(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h|d))+$/;
const parts = /(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h|d)/g;

/**
 * A duration as the OpenTelemetry Collector writes it (Go: time.ParseDuration), and `d` for days, in milliseconds: `1m30s`
 * is 90000.
 */
export const Duration = z
  .string()
  .regex(whole, "must be a duration, such as 500ms, 10s or 1m30s")
  .transform((text) =>
    [...text.matchAll(parts)].reduce(
      (sum, [, amount, unit = ""]) => sum + Number(amount) * (unitMs[unit] ?? 0),
      0,
    ),
  );
