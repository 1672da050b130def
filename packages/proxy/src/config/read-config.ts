import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ResolvedConfig } from "./resolve-config.ts";

/** The configuration file cannot be read, or is wrong; the message says where and why. */
export class ConfigInvalid extends Error {
  readonly code = "CONFIG_INVALID";

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "ConfigInvalid";
  }
}

/**
 * Reads and checks a configuration file in a process of its own. Parser and schemas would stay in this process's
 * memory for as long as it runs (25 MiB, a third of the whole), and they are needed for these 200 ms only.
 */
export function readConfig(file: string): Promise<ResolvedConfig> {
  const script = fileURLToPath(new URL("./print-resolved.ts", import.meta.url));
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 64 * 1024 * 1024, timeout: 30_000 };
    execFile(process.execPath, [script, file], options, (error, stdout, stderr) => {
      if (error) reject(new ConfigInvalid(stderr.trim() || error.message, error));
      else resolve(JSON.parse(stdout) as ResolvedConfig);
    });
  });
}
