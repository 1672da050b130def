/**
 * Run as a process of its own by `read-config.ts`: prints the resolved configuration of the file named by the first
 * argument as JSON, or says on stderr what is wrong with it and exits 1.
 */
import { readFileSync } from "node:fs";
import { resolveYaml } from "./resolve-config.ts";

const file = process.argv[2] ?? "";
try {
  process.stdout.write(JSON.stringify(resolveYaml(readFileSync(file, "utf8"), file)));
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
