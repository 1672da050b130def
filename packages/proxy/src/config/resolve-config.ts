import { parseOrThrow, type Snapshot } from "@weir/domain";
import { parseDocument } from "yaml";
import { snapshotOfFile } from "./file-snapshot.ts";
import { SidecarConfig } from "./sidecar-config.ts";

/** A valid configuration and the mesh it describes itself: all that a sidecar starts from. */
export interface ResolvedConfig {
  readonly config: SidecarConfig;
  readonly snapshot: Snapshot;
}

/** Checks what was read from a configuration file, or made by a program. Throws ValidationError. */
export function resolveConfig(input: unknown, subject = "configuration"): ResolvedConfig {
  const config = parseOrThrow(SidecarConfig, input, subject) as SidecarConfig;
  return { config, snapshot: snapshotOfFile(config) };
}

/** The same from YAML text. Throws ValidationError, or Error with line and column where it is not YAML. */
export function resolveYaml(text: string, subject: string): ResolvedConfig {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) throw new Error(`${subject} is not YAML: ${error.message.split("\n", 1)[0]}`, { cause: error });
  return resolveConfig(document.toJS(), subject);
}
