import { type Finding, findingOf } from "../finding/finding.ts";
import type { KnownService } from "./validate-policy.ts";
import type { WeightedBackend } from "./weighted-backend.ts";

/** A version that does not exist, or that gets a share and has nothing that could answer. */
export function versionFindings(backend: WeightedBackend, path: string, target: KnownService): Finding[] {
  const unknown = unknownVersion(backend.version, path, target);
  if (unknown) return [unknown];
  if (backend.weight === 0 || target.readyVersions.includes(backend.version)) return [];
  const message = `${target.name} ${backend.version} has no ready endpoint; its ${backend.weight} % would be answered 503`;
  return [findingOf("version-not-ready", path, message)];
}

/** The same for a version that chosen requests go to, whatever the shares. */
export function pinFindings(version: string, path: string, target: KnownService): Finding[] {
  const unknown = unknownVersion(version, path, target);
  if (unknown) return [unknown];
  if (target.readyVersions.includes(version)) return [];
  const message = `${target.name} ${version} has no ready endpoint; requests that match would be answered 503`;
  return [findingOf("version-not-ready", path, message)];
}

/** The same for a version that only gets copies: without an endpoint they go nowhere. */
export function mirrorFindings(version: string, path: string, target: KnownService): Finding[] {
  const unknown = unknownVersion(version, path, target);
  if (unknown) return [unknown];
  if (target.readyVersions.includes(version)) return [];
  const message = `${target.name} ${version} has no ready endpoint; no copies would be sent`;
  return [findingOf("version-not-ready", path, message)];
}

function unknownVersion(version: string, path: string, target: KnownService): Finding | undefined {
  if (target.versions.includes(version)) return undefined;
  const known = target.versions.join(", ") || "none";
  const message = `${target.name} has no version ${version}; it has ${known}`;
  return findingOf("unknown-version", path, message);
}
