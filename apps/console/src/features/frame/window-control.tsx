"use client";

import { isMoving } from "@weir/domain/browser";
import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { stepWindow, useWindow, useWindowWords } from "../time/index.ts";

const WindowPicker = dynamic(() => import("./window-picker.tsx").then((module) => module.WindowPicker), {
  ssr: false,
});

/** The window of time that the whole console looks at: step through time, or choose. */
export function WindowControl() {
  const { length, setLength } = useWindow();
  const [open, setOpen] = useState(false);
  const words = useWindowWords(length);
  const moving = isMoving(length);
  const step = (to: "back" | "on") => void setLength(stepWindow(length, Date.now(), to));
  return (
    <div className="flex min-w-0 items-center">
      <span className="hidden lg:block">
        <Tooltip text="The window right before">
          <Button look="quiet" size="icon" aria-label="Earlier" onClick={() => step("back")}>
            <ChevronLeft size={15} aria-hidden />
          </Button>
        </Tooltip>
      </span>
      <Popover
        open={open}
        onOpenChange={setOpen}
        label="Window of time"
        trigger={
          <Button aria-label={`Window of time: ${words}`} className="px-2">
            <span className="hidden sm:inline">{words}</span>
            <span className="sm:hidden">{moving ? length : words.replace(/\w+ \d+, /g, "")}</span>
            <ChevronDown size={14} aria-hidden className="shrink-0" />
          </Button>
        }
      >
        <WindowPicker
          text={length}
          onChoose={(next) => {
            void setLength(next);
            setOpen(false);
          }}
        />
      </Popover>
      <span className="hidden lg:block">
        <Tooltip text={moving ? "The window ends now" : "The window right after"}>
          <Button look="quiet" size="icon" aria-label="Later" disabled={moving} onClick={() => step("on")}>
            <ChevronRight size={15} aria-hidden />
          </Button>
        </Tooltip>
      </span>
    </div>
  );
}
