import { spawnSync } from "node:child_process";

/** The version a program prints of itself, or undefined where there is no such program. */
export function installedVersion(command: string, flag: string): string | undefined {
  const { stdout, stderr, error } = spawnSync(command, [flag], { encoding: "utf8" });
  if (error) return undefined;
  return /\d+\.\d+\.\d+/.exec(`${stdout}${stderr}`)?.[0] ?? "of unknown version";
}
