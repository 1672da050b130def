"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { ModeChange } from "../../../server/modes/effect.ts";
import { classes } from "../../../ui/classes.ts";
import { enforcePath } from "../../enforcement/view-model/enforce-path.ts";
import { useLink } from "../../frame/use-link.ts";
import { begunBy } from "../view-model/begun-by.ts";
import type { ModesState } from "../view-model/modes-state.ts";
import { modeIcons, type ShownMode } from "./mode-sign.tsx";

// On every page, and seldom opened.
const MeshModeDialog = dynamic(
  () => import("./mesh-mode-dialog.tsx").then((module) => module.MeshModeDialog),
  { ssr: false },
);
const ModeChangeDialog = dynamic(
  () => import("./mode-change-dialog.tsx").then((module) => module.ModeChangeDialog),
  { ssr: false },
);

const looks: Record<ShownMode | "unknown", string> = {
  observe: "border-observe bg-observe-soft text-observe",
  enforce: "border-enforce bg-enforce text-page",
  hold: "border-hold bg-hold text-on-hold",
  unknown: "border-line text-faint",
};

/** The mode of the mesh, in sight on every page: an eye, a shield or a pause. Opens its switch. */
export function MeshModeBadge() {
  const state = useQuery(useTRPC().modes.state.queryOptions());
  const [open, setOpen] = useState(false);
  const [change, setChange] = useState<ModeChange>();
  const router = useRouter();
  const linkTo = useLink();
  const mode = state.data && (state.data.hold ? "hold" : state.data.mode);
  const Icon = mode && modeIcons[mode];
  const deviating = state.data ? deviatingWords(state.data) : "";
  return (
    <>
      <button
        type="button"
        disabled={!mode}
        aria-label={
          mode
            ? [`Mode of the mesh: ${mode}`, deviating].filter(Boolean).join(", ")
            : "Mode of the mesh is not known"
        }
        onClick={() => setOpen(true)}
        className={classes(
          "inline-flex h-8 items-center gap-1.5 whitespace-nowrap rounded-md border px-2.5 font-semibold text-sm",
          looks[mode ?? "unknown"],
        )}
      >
        {Icon && <Icon size={16} aria-hidden />}
        {mode ?? "mode unknown"}
        {deviating && <span className="hidden font-normal text-xs lg:inline">· {deviating}</span>}
      </button>
      {open && state.data && (
        <MeshModeDialog
          state={state.data}
          onClose={() => setOpen(false)}
          onChoose={(next) => {
            setOpen(false);
            const begun = begunBy(next, state.data);
            if (begun) router.push(linkTo(enforcePath(begun)));
            else setChange(next);
          }}
        />
      )}
      {change && <ModeChangeDialog change={change} onClose={() => setChange(undefined)} />}
    </>
  );
}

/** `2 enforce`: services that do not do what the mesh does, which must not be overlooked. */
function deviatingWords(state: ModesState): string {
  if (state.hold) return "";
  const count = state.services.filter((service) => service.mode !== state.mode).length;
  const verb = state.mode === "observe" ? "enforce" : "observe";
  return count === 0 ? "" : `${count} ${verb}${count === 1 ? "s" : ""}`;
}
