import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "./write-file-atomic.ts";

/** Where a running service can be controlled from this machine. */
export type Registration = { service: string; version: string; port: number; pid: number };

const fileOf = (dataDir: string, service: string, version: string) =>
  join(dataDir, "run", `${service}-${version}.json`);

export function register(dataDir: string, registration: Registration): void {
  const { service, version } = registration;
  writeFileAtomic(fileOf(dataDir, service, version), `${JSON.stringify(registration)}\n`);
}

/** Removes the file, unless a successor has already written its own. */
export function unregister(dataDir: string, registration: Registration): void {
  const { service, version, pid } = registration;
  if (readRegistration(dataDir, service, version)?.pid === pid) rmSync(fileOf(dataDir, service, version));
}

/** Undefined when there is no such file or it does not hold a registration. */
export function readRegistration(
  dataDir: string,
  service: string,
  version: string,
): Registration | undefined {
  try {
    const value = JSON.parse(
      readFileSync(fileOf(dataDir, service, version), "utf8"),
    ) as Partial<Registration>;
    const { port, pid } = value;
    return typeof port === "number" && typeof pid === "number" ? { service, version, port, pid } : undefined;
  } catch {
    return undefined;
  }
}
