import { formatPath } from "@weir/domain";
import { z } from "zod";

/** Part of a JSON Schema, as far as keys are concerned. */
interface KeySchema {
  readonly properties?: Readonly<Record<string, KeySchema>>;
  readonly items?: KeySchema;
  readonly oneOf?: readonly KeySchema[];
  readonly anyOf?: readonly KeySchema[];
}

/** Keys of an OpenTelemetry Collector's file that mean nothing here, and what to do instead. */
const hints: Readonly<Record<string, string>> = {
  service: "pipelines are fixed here: every receiver goes through all processors to all exporters",
  extensions: "health and metrics are answered on the port of OTLP/HTTP",
  connectors: "the service graph is drawn from spans by itself",
  "receivers.jaeger": "Jaeger's clients speak OTLP",
  "processors.batch": "the exporter makes its own batches",
  "exporters.otlp": "other backends are listed under exporters.otlp_forward",
  "exporters.otlp_http": "other backends are listed under exporters.otlp_forward",
  "exporters.otlphttp": "other backends are listed under exporters.otlp_forward",
};

/** Where something is wrong and what, in one clause each; `schema` is asked for what might have been meant. */
export function explainIssue(issue: z.core.$ZodIssue, schema: z.ZodType): string[] {
  if (issue.code !== "unrecognized_keys")
    return [`${formatPath(issue.path) || "the file"} ${reasonOf(issue)}`];
  const known = knownKeys(
    z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as KeySchema,
    issue.path,
  );
  return issue.keys.map((key) => {
    const path = formatPath([...issue.path, key]);
    const hint = hints[path];
    const meant = nearest(key, known);
    if (hint) return `${path} is not known here: ${hint}`;
    return `${path} is not known here; ${meant ? `did you mean ${meant}?` : `there are ${known.join(", ")}`}`;
  });
}

function reasonOf({ message }: z.core.$ZodIssue): string {
  return message
    .replace(/^Invalid input: expected /, "must be of type ")
    .replace(/^Invalid /, "is an invalid ");
}

/** All keys that an object at a path may have. */
function knownKeys(root: KeySchema, path: readonly PropertyKey[]): string[] {
  let places: KeySchema[] = alternatives(root);
  for (const part of path)
    places = places
      .map((place) => (typeof part === "number" ? place.items : place.properties?.[String(part)]))
      .flatMap((place) => (place ? alternatives(place) : []));
  return [...new Set(places.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

function alternatives(schema: KeySchema): KeySchema[] {
  return [schema, ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap(alternatives)];
}

/** The key that is at most a third of its letters away; undefined: none is. */
function nearest(key: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((other) => ({ other, distance: editDistance(key, other) }))
    .filter(
      ({ other, distance }) => distance * 3 <= Math.max(key.length, other.length) || other.startsWith(key),
    )
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.other;
}

/** Insertions, deletions and replacements that make one text of another (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
