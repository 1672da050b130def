import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../config.ts";
import type { ToolResult } from "./run-tool.ts";

/** What must not be committed, with the reason a person is told. */
interface Forbidden {
  readonly pattern: RegExp;
  readonly reason: string;
}

const textFile =
  /\.(ts|tsx|mts|mjs|cjs|js|json|jsonc|css|md|sql|prisma|ya?ml|sh|html|svg|txt)$|(^|\/)(Dockerfile|run|\.[a-z]+)$/;
const publicRegistry = "registry.npmjs.org";

/** Looks through all files that are, or would be, committed. */
export async function checkTree(): Promise<ToolResult> {
  const startedAt = performance.now();
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: repositoryRoot,
    encoding: "utf8",
  });
  const files = listed.split("\0").filter((file) => textFile.test(file));
  const rules = forbidden([repositoryRoot, homedir()]);
  const found = files.flatMap((file) => findingsIn(file, readText(join(repositoryRoot, file)), rules));
  return { ok: found.length === 0, output: found.join("\n"), ms: performance.now() - startedAt };
}

/**
 * @param ownPaths folders of this machine, whatever they are called
 */
export function forbidden(ownPaths: readonly string[]): Forbidden[] {
  const paths = ownPaths
    .filter((path) => path.split("/").length > 2 || path === "/root")
    .map((path) => `${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=/)`);
  return [
    {
      pattern: new RegExp(["/(?:home|Users)/[a-z][\\w.-]*/", ...paths].join("|")),
      reason: "a path of one machine",
    },
    {
      pattern: new RegExp(`\\b(?:${["TO" + "DO", "FIX" + "ME", "XX" + "X"].join("|")})\\b`),
      reason: "work left undone",
    },
    {
      pattern: /"resolved"[:] "(?!https:\/\/registry\.npmjs\.org\/|(?:apps|packages)\/)/,
      reason: `a registry other than ${publicRegistry}`,
    },
    { pattern: /^\s*(?:\/\/)?(?:\w+:)?(?:registry\s*=|_authToken)/, reason: "a registry, or a key for one" },
    {
      pattern: /\.(?:skip|only)\(|@ts-(?:ignore|nocheck)\b/,
      reason: "a test or a type check that is switched off",
    },
  ];
}

/** One line for each finding: `file:line: reason: text`. */
export function findingsIn(file: string, text: string, rules: readonly Forbidden[]): string[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      rules
        .filter(({ pattern }) => pattern.test(line))
        .map(({ reason }) => `${file}:${index + 1}: ${reason}: ${line.trim().slice(0, 120)}`),
    );
}

/** A deleted file is still listed until the deletion is committed. */
function readText(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : "";
}
