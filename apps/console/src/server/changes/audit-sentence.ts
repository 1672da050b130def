import type { AuditEntry } from "@weir/store";

type Entry = Pick<AuditEntry, "action" | "subject" | "before" | "after">;

/** A change in words: `mode of service shop/cart: inherited → enforce`. */
export function auditSentence({ action, subject, before, after }: Entry): string {
  const what = subjectWords(subject);
  const aspect = action.slice(action.indexOf(".") + 1);
  if (action.startsWith("policy.")) {
    const shares = sharesOf(after);
    if (after === null || after === undefined) return `${what} deleted`;
    const verb = before === null || before === undefined ? "created" : "changed";
    return `${what} ${verb}${shares ? `: ${shares}` : ""}`;
  }
  if (aspect === "discovered") return `${what} discovered`;
  if (aspect === "hold") return after === true ? "mesh put on hold" : "hold of the mesh released";
  const name = aspect === "stableVersion" ? "stable version" : aspect;
  return `${name} of ${what}: ${valueWords(before, aspect)} → ${valueWords(after, aspect)}`;
}

function subjectWords(subject: string): string {
  const [kind, ...names] = subject.split("/");
  return names.length === 0 ? `the ${kind}` : `${kind} ${names.join("/")}`;
}

function valueWords(value: unknown, aspect: string): string {
  if (value === null || value === undefined) return aspect === "stableVersion" ? "derived" : "inherited";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `v1 70 %, v2 30 %` of a policy that has shares of its own. */
function sharesOf(policy: unknown): string | undefined {
  if (typeof policy !== "object" || policy === null || !("backends" in policy)) return undefined;
  if (!Array.isArray(policy.backends)) return undefined;
  return policy.backends
    .map((backend: { version?: unknown; weight?: unknown }) => `${backend.version} ${backend.weight} %`)
    .join(", ");
}
