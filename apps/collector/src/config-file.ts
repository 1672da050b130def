import { readFileSync } from "node:fs";
import { parseDocument, visit } from "yaml";
import { z } from "zod";
import { expandEnvironment, VariableUnset } from "./config-file/expand-environment.ts";
import { explainIssue } from "./config-file/explain-issue.ts";
import { ExportersSection } from "./config-file/exporters-section.ts";
import { ProcessorsSection } from "./config-file/processors-section.ts";
import { ReceiversSection } from "./config-file/receivers-section.ts";

/**
 * The file that WEIR_COLLECTOR_CONFIG names, in the words of the OpenTelemetry Collector where that has some; published as
 * `collector-config.schema.json`.
 */
export const CollectorFile = z.strictObject({
  receivers: ReceiversSection.optional(),
  processors: ProcessorsSection.prefault({}),
  exporters: ExportersSection.prefault({}),
});
export type CollectorFile = z.infer<typeof CollectorFile>;

/** The file cannot be read, is not YAML, or says something that is not known; one sentence a fault. */
export class ConfigFileInvalid extends Error {
  readonly code = "CONFIG_FILE";

  constructor(file: string, faults: readonly string[], options?: ErrorOptions) {
    super(`${file}: ${faults.join("; ")}`, options);
    this.name = "ConfigFileInvalid";
  }
}

/** Reads and checks a file. Throws {@link ConfigFileInvalid}. */
export function readConfigFile(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): CollectorFile {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConfigFileInvalid(file, [`cannot be read: ${messageOf(cause)}`], { cause });
  }
  return parseConfigFile(text, file, environment);
}

/** The same from YAML text; `file` is for the message. An empty text sets nothing. */
export function parseConfigFile(
  text: string,
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): CollectorFile {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error)
    throw new ConfigFileInvalid(file, [`is not YAML: ${error.message.split("\n", 1)[0]}`], { cause: error });
  const faults: string[] = [];
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== "string") return;
      try {
        node.value = expandEnvironment(node.value, environment);
      } catch (cause) {
        if (!(cause instanceof VariableUnset)) throw cause;
        faults.push(`"${String(node.value)}" ${cause.message}`);
      }
    },
  });
  if (faults.length > 0) throw new ConfigFileInvalid(file, faults);
  const result = CollectorFile.safeParse(withoutNulls(document.toJS({ maxAliasCount: 100 }) ?? {}));
  if (result.success) return result.data;
  throw new ConfigFileInvalid(
    file,
    result.error.issues.flatMap((issue) => explainIssue(issue, CollectorFile)),
  );
}

/** A section that is named and left empty (`zipkin:`) has its defaults, as in the OpenTelemetry Collector. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutNulls(part)]));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
