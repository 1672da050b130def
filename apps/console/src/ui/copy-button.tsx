"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";

/** Copies `text`. `what` names it for the button: "trace id". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<"copied" | "not copied">();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), 1_500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      setOutcome("not copied"); // browsers allow it on https and on this machine only, and may ask
    }
  };
  return (
    <Button look="quiet" size="small" aria-label={`Copy ${what}`} onClick={() => void copy()}>
      {outcome === "copied" ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
      <span role="status" className={outcome ? "text-xs" : "sr-only"}>
        {outcome ?? ""}
      </span>
    </Button>
  );
}
