"use client";

import { Eye, Pause, Play, ShieldCheck } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import type { WideChange } from "../view-model/begun-by.ts";
import type { ModesState } from "../view-model/modes-state.ts";
import { ModeSign } from "./mode-sign.tsx";
import { NamespaceMode } from "./namespace-mode.tsx";

interface MeshModeDialogProps {
  readonly state: ModesState;
  onClose(): void;
  onChoose(change: WideChange): void;
}

/** What the mesh's mode is, what it means here, and the ways out of it. Nothing changes before it is asked for. */
export function MeshModeDialog({ state, onClose, onChoose }: MeshModeDialogProps) {
  const pinned = state.services.filter((service) => service.own !== null);
  const other = state.mode === "observe" ? "enforce" : "observe";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Mode of the mesh"
      description={meaning(state)}
      actions={
        <>
          <Button onClick={() => onChoose({ scope: "mesh", mode: other })}>
            {other === "enforce" ? <ShieldCheck size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
            {other === "enforce" ? "Enforce across the mesh…" : "Observe across the mesh…"}
          </Button>
          <Button
            look={state.hold ? "enforce" : "danger"}
            onClick={() => onChoose({ scope: "hold", hold: !state.hold })}
          >
            {state.hold ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />}
            {state.hold ? "Release the hold…" : "Hold everything…"}
          </Button>
        </>
      }
    >
      <h3 className="mb-2 font-medium text-muted text-xs">
        {pinned.length === 0
          ? `No service has a mode of its own; ${plural(state.services.length, "follows", "follow")} the mesh.`
          : `${plural(pinned.length, "service has a mode", "services have a mode")} of its own:`}
      </h3>
      <ul className="grid grid-cols-1 gap-1.5 sm:grid-cols-2">
        {pinned.map((service) => (
          <li key={`${service.namespace}/${service.name}`} className="flex items-center gap-2">
            <ModeSign mode={service.own ?? service.mode} />
            {service.name}
          </li>
        ))}
      </ul>
      <h3 className="mt-5 mb-2 font-medium text-muted text-xs">Namespaces</h3>
      <ul className="flex flex-col gap-1.5">
        {state.namespaces.map((namespace) => (
          <NamespaceMode key={namespace.name} namespace={namespace} onChoose={onChoose} />
        ))}
      </ul>
    </Dialog>
  );
}

function meaning(state: ModesState): string {
  if (state.hold)
    return "On hold: every policy is evaluated and counted, none acts, whatever its own mode says. Requests go to stable versions.";
  return state.mode === "observe"
    ? "Observe: policies are evaluated and counted, and do not act unless a service or policy is set to enforce."
    : "Enforce: policies act on requests unless a service or policy is set to observe.";
}
