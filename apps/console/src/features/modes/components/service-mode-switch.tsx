"use client";

import { useQuery } from "@tanstack/react-query";
import type { Mode } from "@weir/domain";
import { Eye, ShieldCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { ModeChange } from "../../../server/modes/effect.ts";
import { Segments } from "../../../ui/segments.tsx";
import { WatchedNote } from "../../enforcement/components/watched-note.tsx";
import { enforcePath } from "../../enforcement/view-model/enforce-path.ts";
import { useLink } from "../../frame/use-link.ts";
import { begunBy, type WideChange } from "../view-model/begun-by.ts";
import { ModeChangeDialog } from "./mode-change-dialog.tsx";

type Choice = Mode | "inherit";

const options = [
  { value: "inherit", label: "Inherit", title: "Inherit" },
  { value: "observe", label: <Labelled icon={Eye} text="Observe" />, title: "Observe" },
  { value: "enforce", label: <Labelled icon={ShieldCheck} text="Enforce" />, title: "Enforce" },
] as const;

/**
 * The observe / enforce switch of one service: says what will change and asks before it does. Where policies begin to act, be it by
 * what is inherited, it leads to where that is guided.
 */
export function ServiceModeSwitch({ namespace, service: name }: { namespace: string; service: string }) {
  const state = useQuery(useTRPC().modes.state.queryOptions());
  const [change, setChange] = useState<ModeChange>();
  const router = useRouter();
  const linkTo = useLink();
  const service = state.data?.services.find((s) => s.namespace === namespace && s.name === name);
  if (!state.data || !service) return null;
  const current: Choice = service.own ?? "inherit";
  const choose = (choice: Choice) => {
    if (choice === current) return;
    const mode = choice === "inherit" ? null : choice;
    const next: WideChange = { scope: "service", namespace, name, mode };
    const begun = begunBy(next, state.data);
    if (begun) router.push(linkTo(enforcePath(begun)));
    else setChange(next);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Segments<Choice> label={`Mode of ${name}`} value={current} onChange={choose} options={options} />
      <span className="text-muted text-xs">{originWords[service.origin](service.mode)}</span>
      {service.mode === "enforce" && <WatchedNote at={{ scope: "service", namespace, name }} />}
      {change && <ModeChangeDialog change={change} onClose={() => setChange(undefined)} />}
    </div>
  );
}

const originWords = {
  hold: () => "observe: the mesh is on hold",
  policy: (mode: Mode) => mode,
  service: (mode: Mode) => `${mode}, set here`,
  namespace: (mode: Mode) => `${mode}, from its namespace`,
  mesh: (mode: Mode) => `${mode}, from the mesh`,
};

function Labelled({ icon: Icon, text }: { icon: typeof Eye; text: string }) {
  return (
    <>
      <Icon size={13} aria-hidden /> {text}
    </>
  );
}
