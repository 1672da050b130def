/** One sample as it stands on its line; nothing of it is unescaped yet. */
export interface SampleLine {
  readonly name: string;
  /** With braces; empty without any. */
  readonly labels: string;
  readonly value: number;
  readonly exemplar: ExemplarText | undefined;
}

export interface ExemplarText {
  /** With braces. */
  readonly labels: string;
  readonly value: number;
}

const name = "[a-zA-Z_:][\\w:]*";
// Runs of plain characters are one step each: a value may be long.
const label = '[ \\t]*[a-zA-Z_]\\w*[ \\t]*=[ \\t]*"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"';
// Blanks belong to what follows them, so that a line full of them is gone through once.
const labels = `\\{(?:${label}(?:[ \\t]*,${label})*(?:[ \\t]*,)?)?[ \\t]*\\}`;
const number = "[-+.\\w]+";
const exemplar = `#[ \\t]+(?<exemplar>${labels})[ \\t]+(?<exemplarValue>${number})(?:[ \\t]+${number})?[ \\t]*`;
const sample = new RegExp(
  `^(?<name>${name})(?:[ \\t]*(?<labels>${labels})[ \\t]*|[ \\t]+)(?<value>${number})(?:[ \\t]+${number})?[ \\t]*(?:${exemplar})?$`,
);

/**
 * Reads one line of a sample (Prometheus text format 0.0.4; OpenMetrics 1.0 with exemplars). The timestamp is not
 * read: what counts is when a value was seen. Undefined: the line is not valid.
 */
export function sampleLineOf(line: string): SampleLine | undefined {
  const groups = sample.exec(line)?.groups;
  const value = numberOf(groups?.value);
  if (!groups || value === undefined) return undefined;
  const exemplarValue = numberOf(groups.exemplarValue);
  return {
    name: groups.name ?? "",
    labels: groups.labels ?? "",
    value,
    exemplar:
      groups.exemplar === undefined || exemplarValue === undefined
        ? undefined
        : { labels: groups.exemplar, value: exemplarValue },
  };
}

/** The labels of a text in braces, which {@link sampleLineOf} has found valid. Undefined: one is there twice. */
export function labelsOf(text: string): Map<string, string> | undefined {
  const found = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(
    /([a-zA-Z_]\w*)[ \t]*=[ \t]*"([^"\\]*(?:\\.[^"\\]*)*)"/g,
  )) {
    if (found.has(name)) return undefined;
    found.set(name, value.includes("\\") ? unescaped(value) : value);
  }
  return found;
}

/** Other escapes than the three stand for themselves (Prometheus: promparse). */
function unescaped(value: string): string {
  return value.replace(/\\(["\\n])/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
}

/** As Go's ParseFloat reads it, without its hexadecimal forms and underscores. */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  const word = /^([-+]?)(inf|infinity|nan)$/i.exec(text);
  if (!word) return undefined;
  if (word[2]?.toLowerCase() === "nan") return Number.NaN;
  return word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
