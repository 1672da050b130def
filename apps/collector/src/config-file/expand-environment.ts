import { parse } from "yaml";

/** A text of the file names a variable that is not set. */
export class VariableUnset extends Error {
  readonly code = "VARIABLE_UNSET";

  constructor(name: string) {
    super(`names the variable ${name}, which is not set; a default is written \${env:${name}:-like this}`);
    this.name = "VariableUnset";
  }
}

const reference = /\$\$|\$\{env:([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/**
 * A text with `${env:NAME}` and `${env:NAME:-default}` replaced, and `$$` by `$`, as the OpenTelemetry Collector does it. A text
 * that is nothing but one reference becomes the number or boolean that it looks like. Throws {@link VariableUnset}.
 */
export function expandEnvironment(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | number | boolean {
  const expanded = text.replaceAll(
    reference,
    (match, name: string | undefined, fallback: string | undefined) => {
      if (name === undefined) return match === "$$" ? "$" : match;
      const value = environment[name] || fallback;
      if (value === undefined) throw new VariableUnset(name);
      return value;
    },
  );
  const [only] = text.match(reference) ?? [];
  if (only !== text || only === "$$") return expanded;
  const scalar: unknown = parse(expanded);
  return typeof scalar === "number" || typeof scalar === "boolean" ? scalar : expanded;
}
