import type { OtherCheck } from "@weir/rollout";
import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { outcomeWords } from "../view-model/check-words.ts";

const icons = { pass: CircleCheck, fail: CircleX, unknown: CircleHelp };
const tones = { pass: "text-ok", fail: "text-failing", unknown: "text-degraded" };

/** What queries and webhooks say. */
export function OthersPart({ others }: { others: readonly OtherCheck[] }) {
  return (
    <section aria-label="Other checks" className="px-4 py-3">
      <ul className="flex flex-col gap-1.5">
        {others.map(({ name, outcome, detail }) => {
          const Icon = icons[outcome];
          return (
            <li key={name} className="flex flex-wrap items-baseline gap-x-2">
              <Icon size={14} aria-hidden className={`self-center ${tones[outcome]}`} />
              <span className="font-medium">{name}</span>
              <span className={`text-xs ${tones[outcome]}`}>{outcomeWords[outcome]}</span>
              <span className="wrap-anywhere text-muted text-xs">{detail}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
