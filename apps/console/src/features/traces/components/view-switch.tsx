import { classes } from "../../../ui/classes.ts";
import type { TraceViewName } from "../hooks/use-trace-view.ts";

interface SwitchProps {
  readonly view: TraceViewName;
  onChange(view: TraceViewName): void;
}

const names: readonly (readonly [TraceViewName, string])[] = [
  ["timeline", "Timeline"],
  ["flame", "Flame"],
  ["statistics", "Statistics"],
];

/** How a trace is shown. Plain buttons: the page of a large trace must start at once, and is not to load a control for this. */
export function ViewSwitch({ view, onChange }: SwitchProps) {
  return (
    <fieldset
      aria-label="Show the trace as"
      className="inline-flex h-8 rounded-md border border-line-strong bg-surface p-0.5"
    >
      {names.map(([value, name]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === view}
          onClick={() => onChange(value)}
          className={classes(
            "inline-flex items-center rounded-sm px-2 text-xs",
            value === view ? "bg-accent-soft font-medium text-accent" : "text-muted hover:text-text",
          )}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
