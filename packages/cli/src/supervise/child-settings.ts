/** How the supervisor learns that a child can serve. */
export type Readiness =
  /** The address answers 200 to GET. */
  | { readonly kind: "http"; readonly url: string }
  /** The child sends `{ "ready": … }` over its IPC channel. */
  | { readonly kind: "message" };

/** A process that the supervisor keeps running. */
export interface ChildSettings {
  /** Unique, and fit for a file name: `checkout-v1-sidecar`. */
  readonly name: string;
  /** As people are told of it: `checkout v1 sidecar`. */
  readonly label: string;
  /** For Node: flags, script and the script's arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly readiness: Readiness;
  readonly readyWithinMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly stopWithinMs: number;
}
