import { createHash } from "node:crypto";
import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export interface HashedTree {
  readonly root: string;
  /** Files and folders below the root. */
  readonly paths: readonly string[];
  /** Names of folders and files that do not count. */
  readonly ignore: (name: string) => boolean;
  /** What else the result depends on. */
  readonly also: readonly string[];
}

/** SHA-256 over names and contents, in an order that does not depend on the file system. Missing paths count as absent. */
export function contentHash({ root, paths, ignore, also }: HashedTree): string {
  const hash = createHash("sha256");
  for (const text of also) hash.update(`${text}\0`);
  for (const file of paths.flatMap((path) => filesBelow(join(root, path), ignore)).sort()) {
    hash.update(`${relative(root, file)}\0`).update(createHash("sha256").update(readFileSync(file)).digest());
  }
  return hash.digest("hex");
}

function filesBelow(path: string, ignore: (name: string) => boolean): string[] {
  const entries = read(path);
  if (entries === "file") return [path];
  return entries
    .filter((entry) => !ignore(entry.name))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) return filesBelow(inside, ignore);
      return entry.isFile() ? [inside] : [];
    });
}

function read(path: string): Dirent[] | "file" {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return "file";
    return [];
  }
}
