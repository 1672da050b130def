import { readdirSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../config.ts";
import { checkTree } from "./check-tree.ts";
import { runTool, type ToolResult } from "./run-tool.ts";

export interface Check {
  readonly name: string;
  run(): Promise<ToolResult>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** All checks of the repository: format and lint, types of each part, boundaries, unused code, what is committed. */
export function allChecks(environment: Environment): Check[] {
  const tool = (name: string, command: string, args: string[]): Check => ({
    name,
    run: () => runTool({ command, args }, environment),
  });
  return [
    tool("format and lint", "biome", ["check", "--error-on-warnings", "."]),
    ...typedFolders().map((folder) => tool(`types of ${folder}`, "tsc", ["-p", folder])),
    tool("types of tests and tools", "tsc", ["-p", "tsconfig.tools.json"]),
    tool("boundaries", "depcruise", [
      "--config",
      ".dependency-cruiser.mjs",
      "apps",
      "packages",
      "bench",
      "playwright",
    ]),
    tool("unused code", "knip", ["--no-progress"]),
    { name: "committed files", run: checkTree },
  ];
}

/** Every app and package is typed by its own tsconfig. */
function typedFolders(): string[] {
  return ["apps", "packages"].flatMap((group) =>
    readdirSync(join(repositoryRoot, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${group}/${entry.name}`),
  );
}
