import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { EmbeddedPostgresFailed } from "./embedded-postgres-failed.ts";

/** Where the programs of the embedded Postgres are; `root` holds `bin`, `lib` and `share`. */
export interface Binaries {
  readonly root: string;
  /** Version of the package they came with, such as `18.4.0-beta.17`. */
  readonly release: string;
}

/**
 * Finds the programs that `embedded-postgres` brings for this machine. Only they are used: the package's own
 * code installs handlers for signals that would end our process in the middle of its own orderly stop.
 */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): Binaries {
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    const require = createRequire(import.meta.url);
    const { resolve } = createRequire(require.resolve("embedded-postgres")); // the platform's is a dependency of it
    const root = join(dirname(resolve(name)), "..", "native");
    if (!existsSync(join(root, "bin", "postgres"))) throw new Error(`${root} is incomplete`);
    const { version } = require(join(root, "..", "package.json")) as { version: string };
    return { root, release: version };
  } catch (cause) {
    throw new EmbeddedPostgresFailed(
      `it has no programs for ${platform} on ${arch} (package ${name}); set DATABASE_URL to a Postgres of your own`,
      { cause },
    );
  }
}

export function programPath(binaries: Binaries, program: "postgres" | "initdb"): string {
  return join(binaries.root, "bin", program);
}
