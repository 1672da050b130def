import type { inferRouterOutputs } from "@trpc/server";
import { ArrowRight, Pin } from "lucide-react";
import type { AppRouter } from "../../../server/router.ts";
import { plural } from "../../../ui/format/numbers.ts";
import { policySentence } from "../view-model/policy-sentence.ts";
import { ModeSign } from "./mode-sign.tsx";

type Effects = inferRouterOutputs<AppRouter>["modes"]["explain"];
type Effect = Effects[number];

/** Services that change mode, with what each of their policies would do, and those that a mode of their own keeps. */
export function ModeEffects({ effects }: { effects: Effects }) {
  const changing = effects.filter(isChanging);
  const staying = effects.filter((effect) => !isChanging(effect));
  const isBlock = ({ policies }: Effect) => policies.length > 0 || changing.length === 1;
  const [blocks, others] = [changing.filter(isBlock), changing.filter((effect) => !isBlock(effect))];
  return (
    <div className="flex flex-col gap-4">
      {changing.length === 0 && <p>No service changes its mode.</p>}
      {blocks.map((effect) => (
        <ServiceBlock key={`${effect.namespace}/${effect.name}`} effect={effect} />
      ))}
      {others.length > 0 && (
        <p className="text-muted">
          {plural(others.length, "service", "services")} without a policy, of which no request goes
          differently: {others.map(({ name }) => name).join(", ")}.
        </p>
      )}
      {staying.length > 0 && (
        <div>
          <h3 className="mb-1 flex items-center gap-1.5 font-medium text-muted text-xs">
            <Pin size={12} aria-hidden />{" "}
            {plural(staying.length, "service stays as it is", "services stay as they are")}
          </h3>
          <ul className="flex flex-col gap-1 text-muted text-xs">
            {staying.map((effect) => (
              <li key={`${effect.namespace}/${effect.name}`}>
                <span className="font-medium text-text">{effect.name}</span> {effect.after.mode}
                {reason(effect)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function ServiceBlock({ effect }: { effect: Effect }) {
  return (
    <section>
      <h3 className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{effect.name}</span>
        <span className="flex items-center gap-1.5">
          <ModeSign mode={effect.before.mode} />
          <ArrowRight size={14} aria-label="becomes" className="text-faint" />
          <ModeSign mode={effect.after.mode} />
        </span>
      </h3>
      {effect.policies.length === 0 ? (
        <p className="mt-1 text-muted">No policy is about this service: no request will go differently.</p>
      ) : (
        <ul className="mt-1.5 flex flex-col gap-1 border-line border-l-2 pl-3">
          {effect.policies.map((policy) => (
            <li key={policy.name}>
              <span className="font-mono text-[0.8125rem]">{policy.name}</span>
              <span className="text-muted">: {policySentence(policy, policy.verdicts)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A policy may change although its service does not, and the other way round. */
function isChanging(effect: Effect): boolean {
  return (
    effect.before.mode !== effect.after.mode ||
    effect.policies.some((policy) => policy.before.mode !== policy.after.mode)
  );
}

function reason({ after }: Effect): string {
  if (after.origin === "hold") return ", held";
  if (after.origin === "service") return ", by its own mode";
  return after.origin === "namespace" ? ", by its namespace" : "";
}
