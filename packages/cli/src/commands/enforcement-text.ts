import { switchWords, whyOf } from "@weir/domain";
import { type GuardCheck, guardChecks } from "@weir/rollout";
import type { EnforcementEvent, EnforcementPhase, StoredEnforcement } from "@weir/store";
import { printable } from "./console-api.ts";
import { shareText } from "./quantity-text.ts";
import { renderTable } from "./render-table.ts";

const phases: Readonly<Record<EnforcementPhase, string>> = {
  watching: "watched by the guard",
  kept: "kept",
  takenBack: "taken back",
  ended: "not watched any more",
  unguarded: "unguarded",
};

const actions: Readonly<Record<EnforcementEvent["action"], string>> = {
  ...{ start: "enforced", takeBack: "taken back", keep: "kept", end: "not watched any more" },
};

/** For programs: all but what the guard computes with. */
export function enforcementJson(
  enforcement: StoredEnforcement,
  events?: readonly EnforcementEvent[],
): string {
  return JSON.stringify(
    events ? { ...told(enforcement), events: events.map(told) } : told(enforcement),
    null,
    2,
  );
}

function told<T extends { readonly progress: unknown }>({ progress: _, ...all }: T): Omit<T, "progress"> {
  return all;
}

export function enforcementsTable(enforcements: readonly StoredEnforcement[]): string {
  const rows = enforcements.map((one) => [
    ...[
      String(one.id),
      switchWords(one.at),
      phases[one.phase],
      secondOf(one.createdAt),
      printable(one.createdBy),
    ],
    printable(one.look ? whyOf(one.look.reason) : (one.reason ?? "")),
  ]);
  return renderTable(["ID", "WHAT", "STATE", "SINCE", "BY", "WHY"], rows);
}

/** A switch, what its guard has seen, and all that became of it, for people. */
export function enforcementText(enforcement: StoredEnforcement, events: readonly EnforcementEvent[]): string {
  const { id, at, phase, modeBefore, look, prediction } = enforcement;
  const checks = checksOf(enforcement, events);
  const policies = prediction.policies.map(
    ({ namespace, name, revision }) => `${namespace}/${name} (${revision})`,
  );
  return [
    `${switchWords(at)}: set to enforce (enforcement ${id}); before it was ${modeBefore ?? "inherited"}`,
    printable([phases[phase], look && whyOf(look.reason)].filter(Boolean).join(": ")),
    `policies that began to act, with their revisions: ${policies.join(", ") || "none"}`,
    ...(checks.length > 0 ? ["", checksTable(checks)] : []),
    "",
    renderTable(
      ["WHEN", "WHO", "WHAT", "WHY"],
      events.map(({ at: when, author, action, reason, comment }) => [
        ...[secondOf(when), printable(author), actions[action]],
        printable(comment ? `${whyOf(reason)} (${comment})` : whyOf(reason)),
      ]),
    ),
  ].join("\n");
}

/** Of what is over, those that it was decided on. */
function checksOf(
  { phase, prediction, budget, progress }: StoredEnforcement,
  [newest]: readonly EnforcementEvent[],
): readonly GuardCheck[] {
  if (phase !== "watching") return newest?.checks ?? [];
  return budget && progress ? guardChecks({ prediction, budget }, progress) : [];
}

const kinds = { acts: "acted on", failures: "failed", slow: "took too long" } as const;

function checksTable(checks: readonly GuardCheck[]): string {
  const rows = checks.map(({ kind, namespace, name, callers, predicted, limit, seen, tripped, above }) => [
    `${kind === "acts" ? "policy" : "service"} ${namespace}/${name}`,
    callers === undefined
      ? "all"
      : printable(
          callers
            .map((of) => (of.namespace === "" ? "outside the mesh" : `${of.namespace}/${of.service}`))
            .join(", "),
        ),
    kinds[kind],
    shareText(predicted ?? null),
    shareText(limit),
    seenText(seen, above),
    tripped ? "tripped" : "kept",
  ]);
  return renderTable(["WHAT", "CALLERS", "REQUESTS", "PREDICTED", "AT MOST", "SEEN", "VERDICT"], rows);
}

/** Of a tripped one what tripped it. */
function seenText(seen: GuardCheck["seen"], above: GuardCheck["above"]): string {
  const { requests, hits } = above ?? seen;
  if (requests === 0) return "no request";
  const last = above === undefined ? "" : ` in the last ${above.ms / 1_000} s`;
  return `${shareText(hits / requests)} of ${requests}${last}`;
}

function secondOf(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
