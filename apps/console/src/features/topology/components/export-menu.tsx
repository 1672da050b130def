"use client";

import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Popover } from "../../../ui/popover.tsx";
import type { ExportChoicesProps } from "./export-choices.tsx";

// With all that makes files: seldom asked for.
const ExportChoices = dynamic(() => import("./export-choices.tsx").then((module) => module.ExportChoices), {
  ssr: false,
  // As high as they are: the menu opens where there is room for them.
  loading: () => <div className="h-26 w-60" />,
});

/** The graph that is shown, as a file. */
export function ExportMenu(props: Omit<ExportChoicesProps, "onSaved">) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Export"
      align="end"
      trigger={
        <Button look="quiet" size="icon" aria-label="Export">
          <Download size={15} aria-hidden />
        </Button>
      }
    >
      <ExportChoices {...props} onSaved={() => setOpen(false)} />
    </Popover>
  );
}
