/** A change as the audit keeps it. `before` and `after` are JSON; undefined or null: there was, or is, nothing. */
export interface AuditedChange {
  /** Such as `mesh.mode`, `policy.put`, `rollout.advance`. */
  readonly action: string;
  /** Such as `mesh`, `namespace/shop`, `service/shop/payments`, `policy/shop/limit`, `rollout/shop/payments`, `target/on call`. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A change in words: `mode of service shop/cart: inherited → enforce`. */
export function auditSentence({ action, subject, before, after }: AuditedChange): string {
  const what = subjectWords(subject);
  const aspect = action.slice(action.indexOf(".") + 1);
  if (action.startsWith("rollout.")) return rolloutSentence(what, aspect, after);
  if (action.startsWith("target.")) return targetSentence(what, aspect, before, after);
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

/** What became of a rollout, by the action's name. `after` is what the audit says of it. */
function rolloutSentence(what: string, aspect: string, after: unknown): string {
  const { baseline, canary, weight, chosen, step, steps } = { ...(after as Record<string, unknown> | null) };
  const traffic = chosen === undefined ? `${weight} % of ${canary}` : `${chosen} to ${canary}`;
  const place = step === undefined ? "" : `: step ${step} of ${steps}, ${traffic}`;
  switch (aspect) {
    case "start":
      return `${what} started${canary === undefined ? "" : `: ${canary} after ${baseline}`}`;
    case "advance":
      return `${what} went on${place}`;
    case "skip":
      return `${what} skipped a step${place}`;
    case "promote":
      return `${what} promoted to its last step${place}`;
    case "abort":
      return `${what} aborted: ${weight === undefined ? "its canary policy stays as it is" : "all requests go to the baseline"}`;
    default:
      return `${what} ${rolloutWords[aspect] ?? aspect}`;
  }
}

const rolloutWords: Readonly<Record<string, string>> = {
  succeed: "succeeded: all requests go to the new version",
  pause: "paused",
  rollBack: "taken back: all requests go to the baseline",
  resume: "goes on",
  approve: "approved",
  replan: "has another plan",
};

/** What became of somebody who is told, with every address masked as the audit keeps it. */
function targetSentence(what: string, aspect: string, before: unknown, after: unknown): string {
  const [was, is] = [before, after].map((target) => ({ ...(target as Record<string, unknown> | null) }));
  switch (aspect) {
    case "add":
      return `${what} added: ${is?.format} to ${is?.address}`;
    case "change":
      return `${what} changed: ${differences(was, is)}`;
    case "remove":
      return `${what} removed: ${was?.format} to ${was?.address}`;
    default:
      return `${what} ${targetWords[aspect] ?? aspect}`;
  }
}

const targetWords: Readonly<Record<string, string>> = {
  pause: "paused",
  resume: "told again",
  newSecret: "has another secret",
  test: "was sent a test",
};

function differences(was: Record<string, unknown> = {}, is: Record<string, unknown> = {}): string {
  return Object.keys(is)
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) =>
      name === "token"
        ? "another token"
        : `${targetAspects[name] ?? name} ${plainly(was[name])} → ${plainly(is[name])}`,
    )
    .join(", ");
}

const targetAspects: Readonly<Record<string, string>> = { leastSeverity: "at least", topics: "of" };

function plainly(value: unknown): string {
  return Array.isArray(value) ? value.join(" ") : String(value);
}

function subjectWords(subject: string): string {
  const [kind, ...names] = subject.split("/");
  if (names.length === 0) return `the ${kind}`;
  return `${kind === "rollout" ? "rollout of" : kind} ${names.join("/")}`;
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
