import type { Finding } from "@weir/domain";
import { CircleX } from "lucide-react";
import { type ReactNode, useId } from "react";

interface LabelledFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly findings: readonly Finding[];
  readonly className?: string;
  /** The control, given what ties the findings to it. */
  children(control: {
    readonly "aria-invalid": boolean;
    readonly "aria-describedby": string | undefined;
  }): ReactNode;
}

/** A control below its name, and below it what is wrong with what it holds. */
export function LabelledField({ label, hint, findings, className, children }: LabelledFieldProps) {
  const id = useId();
  // What else is wrong with one value follows from the first.
  const [first] = findings;
  const hintId = `${id}-hint`;
  const describedBy = [hint !== undefined && hintId, first && id].filter(Boolean).join(" ");
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className ?? ""}`}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is what the children are */}
      <label className="flex min-w-0 flex-col gap-1">
        <span className="text-muted text-xs">{label}</span>
        {children({
          "aria-invalid": first !== undefined,
          "aria-describedby": describedBy || undefined,
        })}
      </label>
      {hint !== undefined && (
        <p id={hintId} className="text-muted text-xs">
          {hint}
        </p>
      )}
      {first && (
        <p id={id} className="flex items-start gap-1.5 text-failing text-xs">
          <CircleX size={13} aria-hidden className="mt-px shrink-0" /> {first.message}
        </p>
      )}
    </div>
  );
}
