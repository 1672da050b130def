export type TextTest = (value: string) => boolean;

/** An exact value, or one with a `*` at its start or end (Istio: exact, prefix, suffix and presence match). */
export function compilePattern(text: string): TextTest {
  if (text === "*") return (value) => value !== "";
  if (text.endsWith("*")) {
    const prefix = text.slice(0, -1);
    return (value) => value.startsWith(prefix);
  }
  if (text.startsWith("*")) {
    const suffix = text.slice(1);
    return (value) => value.endsWith(suffix);
  }
  return (value) => value === text;
}
