import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Why the packages have to be installed, or undefined when they need not be. A stamp inside `node_modules` names
 * the lock file, platform and processor of the last complete installation. Without a fitting stamp (somebody ran
 * npm by hand) npm's own record of what it installed is compared with the lock file.
 *
 * @param {string} root
 * @returns {string | undefined}
 */
export function reasonToInstall(root) {
  const modules = join(root, "node_modules");
  if (!existsSync(modules)) return "first start";
  if (!isExecutable(join(modules, ".bin", "node"))) return "node_modules is incomplete";
  const installed = readJson(join(modules, ".package-lock.json"));
  if (!installed) return "an earlier installation was interrupted";
  const present = Object.keys(installed.packages ?? {});
  if (!present.every((path) => existsSync(join(root, path)))) return "node_modules is incomplete";
  const stamp = readJson(stampFile(root));
  if (stamp?.key === installKey(root)) return undefined;
  if (stamp && (stamp.platform !== process.platform || stamp.arch !== process.arch))
    return "node_modules was made for another machine";
  if (matchesLock(readJson(join(root, "package-lock.json")), installed)) {
    writeStamp(root);
    return undefined;
  }
  return "package-lock.json changed";
}

/** @param {string} root */
export function writeStamp(root) {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  const { platform, arch } = process;
  writeFileSync(stampFile(root), JSON.stringify({ key: installKey(root), platform, arch }));
}

/** Before anything is changed, so that an installation cut short is not taken for a complete one. @param {string} root */
export function removeStamp(root) {
  rmSync(stampFile(root), { force: true });
}

/** @param {string} root */
function stampFile(root) {
  return join(root, "node_modules", ".weir-installed.json");
}

/** @param {string} root */
function installKey(root) {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  return hash.update(`${process.platform} ${process.arch}`).digest("hex");
}

/**
 * Whether what is installed is what the lock file wants on this machine, in the wanted versions.
 *
 * @param {any} lock
 * @param {any} installed
 */
function matchesLock(lock, installed) {
  if (!lock?.packages) return false;
  // One too many, nested where it goes first, is as wrong as one too few.
  if (!Object.keys(installed.packages).every((path) => path in lock.packages)) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === "" || !path.includes("node_modules/") || !isForThisMachine(wanted)) return true;
    const got = installed.packages[path];
    if (got) return got.version === wanted.version && Boolean(got.link) === Boolean(wanted.link);
    // Optional packages made for exactly this machine (Postgres is one) are what makes a start possible.
    return wanted.optional && !wanted.os && !wanted.cpu;
  });
}

/** @param {any} entry */
function isForThisMachine(entry) {
  return allows(entry.os, process.platform) && allows(entry.cpu, process.arch) && !entry.libc;
}

/**
 * npm's `os` and `cpu` lists: names that fit, or names with `!` that do not.
 *
 * @param {string[] | undefined} list
 * @param {string} value
 */
function allows(list, value) {
  if (!list) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((name) => name.startsWith("!"));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} file @returns {any} */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
