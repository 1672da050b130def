"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { parseAsInteger, useQueryState } from "nuqs";
import { saveFile } from "../../../client/save-file.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { EventItem } from "./event-item.tsx";

interface EventLogProps {
  readonly rollout: ShownRollout;
  readonly nowMs: number;
  hueOf(version: string): string;
}

/** Every change of the rollout, newest first; each opens to the evidence of its moment, which nobody can change any more. */
export function EventLog({ rollout, nowMs, hueOf }: EventLogProps) {
  const { id, plan } = rollout;
  const events = useQuery(useTRPC().rollouts.events.queryOptions({ id }));
  const [open, setOpen] = useQueryState("event", parseAsInteger);
  const download = () =>
    saveFile(
      new Blob([JSON.stringify({ rollout: id, plan, events: events.data }, null, 2)], {
        type: "application/json",
      }),
      `${plan.namespace}-${plan.targetRef}-rollout-${id}.json`,
    );
  return (
    <Panel
      title="Evidence log"
      aside={
        <Button look="quiet" size="small" disabled={!events.data} onClick={download}>
          <Download size={13} aria-hidden /> As JSON
        </Button>
      }
      flush
    >
      <Answer query={events} what="the evidence log" rows={4}>
        {(list) => (
          <ol aria-label="Events, newest first" className="flex flex-col divide-y divide-line">
            {list.map((event) => (
              <EventItem
                key={event.seq}
                {...{ event, plan, nowMs, hueOf }}
                isOpen={event.seq === open}
                onToggle={() => void setOpen(event.seq === open ? null : event.seq)}
              />
            ))}
          </ol>
        )}
      </Answer>
    </Panel>
  );
}
