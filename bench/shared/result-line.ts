import { cpus } from "node:os";

/** The last line of a benchmark: one line of JSON with the machine, maps as objects, errors as what they say. */
export function resultLine(benchmark: string, results: Readonly<Record<string, unknown>>): string {
  const machine = { cpus: cpus().length, cpu: cpus()[0]?.model, node: process.version };
  return JSON.stringify({ benchmark, ...machine, ...results }, (_key, value) => {
    if (value instanceof Map) return Object.fromEntries(value);
    if (value instanceof Error) return { failed: value.message };
    return typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
  });
}
