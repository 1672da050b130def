"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../../../ui/button.tsx";

/** A text in full with a button that copies it. `what` names it: "trace id". */
export function CopyText({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <code className="break-all font-mono text-xs">{text}</code>
      <Button
        look="quiet"
        size="small"
        aria-label={`Copy ${what}`}
        onClick={() =>
          navigator.clipboard?.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {copied ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
        <span role="status" className={copied ? "text-xs" : "sr-only"}>
          {copied ? "copied" : ""}
        </span>
      </Button>
    </span>
  );
}
