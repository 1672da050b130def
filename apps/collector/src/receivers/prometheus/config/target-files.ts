import { glob, readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { TargetGroup } from "./target-group.ts";

const TargetFile = z.array(TargetGroup);

export interface TargetFileStatus {
  /** Or a pattern that cannot be looked up. */
  readonly file: string;
  /** Why it cannot be read, one sentence; undefined: all is well. */
  readonly reason: string | undefined;
}

export interface FoundTargets<T> {
  readonly targets: readonly T[];
  readonly files: readonly TargetFileStatus[];
}

/** Reads target files (JSON or YAML) again and again. A file that is broken counts as it was when it was last good. */
export class TargetFiles {
  readonly #patterns: readonly string[];
  #known = new Map<string, readonly TargetGroup[]>();

  constructor(patterns: readonly string[]) {
    this.#patterns = patterns;
  }

  /** Files that are gone have no targets any more. Never throws. */
  async read(): Promise<FoundTargets<TargetGroup>> {
    const files: TargetFileStatus[] = [];
    const found = new Map<string, readonly TargetGroup[]>();
    for (const pattern of this.#patterns)
      try {
        for (const file of await filesOf(pattern)) {
          const { groups, reason } = await this.#readOne(file);
          found.set(file, groups);
          files.push({ file, reason });
        }
      } catch (error) {
        files.push({ file: pattern, reason: reasonOf(error) });
      }
    this.#known = found;
    return { targets: [...found.values()].flat(), files };
  }

  async #readOne(file: string): Promise<{ groups: readonly TargetGroup[]; reason: string | undefined }> {
    try {
      return { groups: TargetFile.parse(parse(await readFile(file, "utf8"))), reason: undefined };
    } catch (error) {
      return { groups: isMissing(error) ? [] : (this.#known.get(file) ?? []), reason: reasonOf(error) };
    }
  }
}

/** A file without `*` is one whether it is there or not: then it is a fault. */
async function filesOf(pattern: string): Promise<string[]> {
  return pattern.includes("*") ? (await Array.fromAsync(glob(pattern))).sort() : [pattern];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join(".") || "the file"} ${message}`).join("; ");
  return error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
}
