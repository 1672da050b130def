import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { journeyDataDir } from "./whole-start.ts";

/** Has a version of payments misbehave, or behave again: `apps/demo/src/misbehave.ts` with these flags. */
export function misbehave(version: string, ...wish: string[]): void {
  const shop = join(journeyDataDir(), "shop");
  const args = ["apps/demo/src/misbehave.ts", "--service", "payments", "--version", version];
  execFileSync(process.execPath, [...args, "--data-dir", shop, ...wish], {
    cwd: join(import.meta.dirname, ".."),
  });
}
