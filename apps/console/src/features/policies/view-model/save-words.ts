interface SaveState {
  /** The findings are about this very text. */
  readonly checked: boolean;
  readonly acceptable: boolean;
  /** Policies in the text. */
  readonly count: number;
  readonly touched: boolean;
  /** Of the policy as the text names it, and as it was opened; undefined where it cannot be read, or is new. */
  readonly name: string | undefined;
  readonly edited: string | undefined;
  /** The revision under that name that the draft would follow; 0: there is none. */
  readonly live: number;
  /** It would act on requests as soon as it is saved. */
  readonly begins: boolean;
}

/** Saving is no switch: nobody is asked, and no guard watches. */
const beginsWarning =
  "It acts on requests at once: its mode, or what stands above it, is enforce. With mode: observe it only counts, and Enforce… then says who would be denied, asks, and has it watched.";

/** What saving would do, in the words of its button and of its question; and whether it can be done. */
export function saveWords({ checked, acceptable, count, touched, name, edited, live, begins }: SaveState) {
  const same = edited !== undefined && (name === undefined || name === edited);
  const label = same ? "Save as the next revision" : "Save as a new policy";
  const taken = name !== undefined && name !== edited && live > 0;
  return {
    possible: checked && acceptable && count === 1 && touched && !taken,
    label: taken ? `${name} is there already` : count > 1 ? "One policy at a time" : label,
    question: `${label}: ${name ?? "…"}?`,
    look: begins ? ("enforce" as const) : ("primary" as const),
    warning: begins ? beginsWarning : undefined,
    effect:
      name === edited
        ? `Sidecars follow within a second. Revision ${live} stays in the history, and one click brings it back.`
        : edited === undefined
          ? `Sidecars ${begins ? "act by" : "begin to evaluate"} it within a second.`
          : `${edited} stays as it is; this becomes a policy beside it.`,
  };
}
