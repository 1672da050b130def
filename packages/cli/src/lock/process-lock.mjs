import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.mjs";
import { processIdentity } from "./process-identity.mjs";

/**
 * @typedef {object} LockOwner
 * @property {number} pid
 * @property {string} identity see {@link processIdentity}
 */

/** The lock has a living owner. */
export class LockHeld extends Error {
  code = "LOCK_HELD";

  /**
   * @param {string} file
   * @param {LockOwner} owner
   */
  constructor(file, owner) {
    super(`process ${owner.pid} holds ${file}`);
    this.name = "LockHeld";
    this.owner = owner;
  }
}

/**
 * Takes a lock that lives in a file naming its owner; a lock whose owner is gone (a crash, a reboot, `kill -9`)
 * is taken over. Throws {@link LockHeld}, or the file system's own error when the file cannot be written.
 *
 * @param {string} file
 * @returns {{ release(): void, tookOver: boolean }} `tookOver`: an earlier owner never gave it back
 */
export function acquireLock(file) {
  makeFolder(dirname(file));
  /** @type {LockOwner} */
  const self = { pid: process.pid, identity: processIdentity(process.pid) ?? "" };
  // Written aside and linked, so that nobody ever reads a lock that is half written.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(self));
  let tookOver = false;
  try {
    while (!tryLink(draft, file)) {
      const text = readText(file);
      if (text === undefined) continue;
      const owner = livingOwner(text);
      if (owner) throw new LockHeld(file, owner);
      if (takeOver(draft, file, text)) {
        tookOver = true;
        break;
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    tookOver,
    release() {
      const owner = livingOwner(readText(file) ?? "");
      if (owner?.pid === self.pid) rmSync(file, { force: true });
    },
  };
}

/**
 * @param {string} file
 * @returns {LockOwner | undefined} the living owner of a lock, without taking it
 */
export function lockOwner(file) {
  return livingOwner(readText(file) ?? "");
}

/**
 * @param {string} from
 * @param {string} to
 */
function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * @param {string} text
 * @returns {LockOwner | undefined}
 */
function livingOwner(text) {
  try {
    const owner = JSON.parse(text);
    return processIdentity(owner.pid) === owner.identity ? owner : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Puts the draft in the place of a lock whose owner is gone, unless somebody else was faster. Several processes may find
 * the same stale lock: one at a time looks at it again and replaces it, in one step, so that the file is at no moment
 * missing, when another could link its own. Throws {@link LockHeld} while another one does so.
 *
 * @param {string} draft
 * @param {string} file
 * @param {string} judged
 */
function takeOver(draft, file, judged) {
  const turn = acquireLock(`${file}.takeover`);
  try {
    if (readText(file) !== judged) return false;
    renameSync(draft, file);
    return true;
  } finally {
    turn.release();
  }
}
