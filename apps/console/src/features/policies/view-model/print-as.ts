import type { Document, ToStringOptions } from "yaml";

/** What people's hands differ in, as far as a printer can follow them. */
const styles: readonly ToStringOptions[] = [2, 4].flatMap((indent) =>
  [true, false].flatMap((indentSeq) =>
    [false, true].map((flowCollectionPadding) => ({
      indent,
      indentSeq,
      flowCollectionPadding,
      lineWidth: 0,
    })),
  ),
);

/**
 * A changed document as text in the style of the text it was read from: `whole` is printed throughout, `patched` has
 * only the lines that changed put into the old text. Where the old text's lines are not those of the printer, both are
 * the same.
 */
export function printAs(text: string, before: Document, after: Document): { whole: string; patched: string } {
  const lines = linesOf(text);
  const [style, printed] = nearest(lines, before);
  const whole = after.toString(style);
  if (printed.length !== lines.length) return { whole, patched: whole };
  const next = linesOf(whole);
  const shorter = Math.min(printed.length, next.length);
  let top = 0;
  while (top < shorter && printed[top] === next[top]) top++;
  let bottom = 0;
  while (bottom < shorter - top && printed.at(-1 - bottom) === next.at(-1 - bottom)) bottom++;
  const patched = [
    ...lines.slice(0, top),
    ...next.slice(top, next.length - bottom),
    ...lines.slice(lines.length - bottom),
  ];
  return { whole, patched: patched.map((line) => `${line}\n`).join("") };
}

/** The style that leaves most lines of a text as they are, and the lines that it prints. */
function nearest(
  lines: readonly string[],
  document: Document,
): readonly [ToStringOptions, readonly string[]] {
  const all = styles.map((style) => [style, linesOf(document.toString(style))] as const);
  const kept = all.map(([, printed]) => printed.filter((line, index) => line === lines[index]).length);
  return all[kept.indexOf(Math.max(...kept))] as (typeof all)[number];
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}
