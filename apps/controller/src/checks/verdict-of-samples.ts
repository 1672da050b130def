import type { OtherCheck, PrometheusQuery } from "@weir/rollout";
import { z } from "zod";

export type Verdict = Pick<OtherCheck, "outcome" | "detail">;

/** A time in seconds, and a number as Go prints it. */
const Sample = z.tuple([z.number(), z.string()]);
const Series = z.object({ metric: z.record(z.string(), z.string()), value: Sample });

/** An answer of `/api/v1/query` (Prometheus, HTTP API, instant queries). Other members may be there: warnings, infos. */
const QueryAnswer = z.discriminatedUnion("status", [
  z.object({ status: z.literal("error"), error: z.string() }),
  z.object({
    status: z.literal("success"),
    data: z.discriminatedUnion("resultType", [
      z.object({ resultType: z.literal("vector"), result: z.array(Series) }),
      z.object({ resultType: z.literal("scalar"), result: Sample }),
      z.object({ resultType: z.literal("matrix") }),
      z.object({ resultType: z.literal("string") }),
    ]),
  }),
]);

/** What the samples say. One out of bounds is enough to fail, one that is no number to not know; without any nothing is known. */
export function verdictOfSamples(text: string, { min, max }: Pick<PrometheusQuery, "min" | "max">): Verdict {
  const { data: answer } = QueryAnswer.safeParse(parsed(text));
  if (!answer) return unknown("the answer is not Prometheus'");
  if (answer.status === "error") return unknown(`Prometheus says: ${brief(answer.error)}`);
  const { data } = answer;
  if (data.resultType === "matrix" || data.resultType === "string")
    return unknown(`the query gives a ${data.resultType}, and no numbers of one moment`);
  const series =
    data.resultType === "scalar"
      ? [{ metric: {}, value: data.result }]
      : (data.result as z.infer<typeof Series>[]);
  if (series.length === 0) return unknown("the query finds nothing");
  const values = series.map(({ metric, value }) => ({ value: readNumber(value[1]), of: labels(metric) }));
  const broken = values.find(
    ({ value }) => (min !== undefined && value < min) || (max !== undefined && value > max),
  );
  if (broken)
    return { outcome: "fail", detail: `${broken.value}${broken.of} is ${bound(broken.value, min, max)}` };
  const missing = values.find(({ value }) => Number.isNaN(value));
  if (missing) return unknown(`the query gives no number${missing.of}`);
  return {
    outcome: "pass",
    detail: values.length === 1 ? `${values[0]?.value}` : `all of ${values.length} series`,
  };
}

function unknown(detail: string): Verdict {
  return { outcome: "unknown", detail };
}

function bound(value: number, min: number | undefined, max: number | undefined): string {
  return min !== undefined && value < min ? `below ${min}` : `above ${max}`;
}

function readNumber(text: string): number {
  if (text === "+Inf") return Number.POSITIVE_INFINITY;
  return text === "-Inf" ? Number.NEGATIVE_INFINITY : Number.parseFloat(text);
}

function labels(metric: Readonly<Record<string, string>>): string {
  const all = Object.entries(metric).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return all.length === 0 ? "" : ` of {${brief(all.join(", "))}}`;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A stranger's text within a sentence. */
export function brief(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length <= 300 ? line : `${line.slice(0, 300).toWellFormed()}…`;
}
