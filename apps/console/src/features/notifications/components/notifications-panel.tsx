"use client";

import { BellRing, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsInteger, useQueryState } from "nuqs";
import { useState } from "react";
import type { ShownTarget } from "../../../server/notifications/shown-target.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { useTargets } from "../hooks/use-targets.ts";
import { TargetRow } from "./target-row.tsx";

const TargetDialog = dynamic(() => import("./target-dialog.tsx").then((module) => module.TargetDialog));
const RemoveTarget = dynamic(() => import("./remove-target.tsx").then((module) => module.RemoveTarget));

type Open = { readonly what: "add" } | { readonly what: "change" | "remove"; readonly target: ShownTarget };

/** Who is told of changes, rollouts and alerts; whose deliveries are in sight stands in the address. */
export function NotificationsPanel() {
  const { targets, pause, remove } = useTargets();
  const [shown, setShown] = useQueryState("target", parseAsInteger);
  const [open, setOpen] = useState<Open>();
  const add = (
    <Button size="small" onClick={() => setOpen({ what: "add" })}>
      <Plus size={12} aria-hidden />
      Add a target
    </Button>
  );
  return (
    <Panel title="Notifications" aside={targets.data?.length ? add : undefined} flush>
      <Answer query={targets} what="who is told" rows={3}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title="Nobody is told yet" icon={<BellRing size={28} aria-hidden />}>
              <p className="mb-4">
                Slack, or any webhook, hears of changes, rollouts, guards that take back, new versions, and of
                services that fail. Deliveries are signed, kept in order, and tried again for a day.
              </p>
              {add}
            </EmptyState>
          ) : (
            <ul aria-label="Who is told" className="divide-y divide-line">
              {all.map((target) => (
                <TargetRow
                  key={target.id}
                  target={target}
                  isOpen={shown === target.id}
                  onOpen={(isOpen) => void setShown(isOpen ? target.id : null)}
                  onPause={(paused) => pause({ id: target.id, paused })}
                  onChange={() => setOpen({ what: "change", target })}
                  onRemove={() => setOpen({ what: "remove", target })}
                />
              ))}
            </ul>
          )
        }
      </Answer>
      {open && open.what !== "remove" && (
        <TargetDialog
          target={"target" in open ? open.target : undefined}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open?.what === "remove" && (
        <RemoveTarget
          target={open.target}
          onClose={() => setOpen(undefined)}
          onRemove={(reason) => {
            remove({ id: open.target.id, reason });
            setOpen(undefined);
          }}
        />
      )}
    </Panel>
  );
}
