import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory, on a disk of its own that is small, where the one who runs the tests may mount one. */
export class SmallDisk {
  readonly #root = mkdtempSync(join(tmpdir(), "weir-small-disk-"));
  readonly directory = join(this.#root, "spool");
  readonly isMounted: boolean;

  constructor(megabytes: number) {
    mkdirSync(this.directory, 0o700);
    this.isMounted =
      process.getuid?.() === 0 &&
      succeeds("mount", "-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "tmpfs", this.directory);
  }

  remove(): void {
    if (this.isMounted) execFileSync("umount", [this.directory]);
    rmSync(this.#root, { recursive: true, force: true });
  }
}

function succeeds(command: string, ...flags: string[]): boolean {
  try {
    execFileSync(command, flags, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
