/** A graph could not be laid out. */
export class LayoutFailed extends Error {
  readonly code = "LAYOUT_FAILED";

  constructor(cause: unknown) {
    super(`the layout failed: ${messageOf(cause)}`, { cause });
    this.name = "LayoutFailed";
  }
}

function messageOf(cause: unknown): string {
  if (typeof cause === "object" && cause !== null && "message" in cause) return String(cause.message);
  return String(cause);
}
