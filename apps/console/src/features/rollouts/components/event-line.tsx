import { ownAuthor, whyOf } from "@weir/domain/browser";
import {
  CircleCheck,
  CirclePause,
  CirclePlay,
  CircleX,
  FastForward,
  type LucideIcon,
  PencilRuler,
  Rocket,
  StepForward,
  Undo2,
  UserCheck,
} from "lucide-react";
import type { ShownEvent } from "../../../server/rollouts/shown-rollout.ts";
import { formatMoment } from "../../../ui/format/times.ts";

type Action = ShownEvent["action"];

const looks: Readonly<
  Record<Action, { readonly Icon: LucideIcon; readonly name: string; readonly tone: string }>
> = {
  start: { Icon: Rocket, name: "Started", tone: "text-accent" },
  advance: { Icon: StepForward, name: "Next step", tone: "text-ok" },
  succeed: { Icon: CircleCheck, name: "Succeeded", tone: "text-ok" },
  pause: { Icon: CirclePause, name: "Paused", tone: "text-degraded" },
  rollBack: { Icon: Undo2, name: "Rolled back", tone: "text-failing" },
  resume: { Icon: CirclePlay, name: "Resumed", tone: "text-accent" },
  abort: { Icon: CircleX, name: "Aborted", tone: "text-failing" },
  approve: { Icon: UserCheck, name: "Approved", tone: "text-ok" },
  skip: { Icon: FastForward, name: "Skipped", tone: "text-accent" },
  promote: { Icon: FastForward, name: "Promoted", tone: "text-accent" },
  replan: { Icon: PencilRuler, name: "Plan changed", tone: "text-accent" },
};

export function eventName({ action }: Pick<ShownEvent, "action">): string {
  return looks[action].name;
}

/** What became of a rollout at one moment: what, when, by whom and why. */
export function EventLine({ event, nowMs }: { event: ShownEvent; nowMs: number }) {
  const { Icon, name, tone } = looks[event.action];
  return (
    <>
      <Icon size={15} aria-hidden className={`mt-0.5 shrink-0 ${tone}`} />
      <span className="min-w-0 grow">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{name}</span>
          <span className="font-mono text-faint text-xs">{formatMoment(event.atMs, nowMs)}</span>
          <span className="text-faint text-xs">
            {event.author === ownAuthor ? "by itself" : `by ${event.author}`}
          </span>
        </span>
        <span className="wrap-anywhere block text-muted text-xs">{whyOf(event.reason)}</span>
        {event.comment !== undefined && (
          <span className="wrap-anywhere block text-xs">“{event.comment}”</span>
        )}
      </span>
    </>
  );
}
