import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { EmbeddedPostgresFailed } from "./embedded-postgres-failed.ts";

/** Whom Postgres runs as; nothing of it set means: as ourselves. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const name = "postgres";

/**
 * Postgres refuses to run as root, so root runs it as the user `postgres`, who is made when there is none
 * (as every distribution's own package does).
 */
export function accountFor(ownUid: number | undefined = process.getuid?.()): Account {
  if (ownUid !== 0) return {};
  const account = findAccount() ?? createAccount();
  if (account) return account;
  throw new EmbeddedPostgresFailed(
    "Postgres refuses to run as root, and a user for it could not be created; create a user named postgres, start as another user, or set DATABASE_URL",
  );
}

function findAccount(): Account | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function createAccount(): Account | undefined {
  const attempts: readonly (readonly [string, ...string[]])[] = [
    ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
    ["adduser", "-S", "-D", "-H", name], // BusyBox
  ];
  for (const [program, ...args] of attempts) {
    spawnSync(program, args, { stdio: "ignore" });
    const account = findAccount();
    if (account) return account;
  }
  return undefined;
}

/** Whether that account can enter a directory: decided by trying, since ACLs and mounts have their say too. */
export function canEnter(account: Account, directory: string): boolean {
  if (account.uid === undefined) return true;
  return succeeds(account, "/bin/sh", ["-c", 'cd "$1"', "sh", directory]);
}

/** Whether that account can run a program, its libraries included. */
export function canRun(account: Account, program: string): boolean {
  return succeeds(account, program, ["--version"]);
}

function succeeds(account: Account, program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { ...account, cwd: "/", stdio: "ignore", timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}
