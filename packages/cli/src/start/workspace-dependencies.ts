import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Folders of the workspace packages that one of them is made of: itself and all `@weir/…` packages it depends on,
 * directly or not. Relative to the root of the repository.
 */
export function workspaceDependencies(root: string, folder: string): string[] {
  const found = new Set<string>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    const manifest = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
      if (name.startsWith("@weir/")) visit(`packages/${name.slice("@weir/".length)}`);
  };
  visit(folder);
  return [...found].sort();
}
