import type { ModeChange } from "../../../server/modes/effect.ts";

export interface ChangeWords {
  readonly title: string;
  readonly meaning: string;
  readonly action: string;
  readonly look: "primary" | "enforce" | "danger";
}

const enforceMeaning = "Policies begin to act on requests.";
const observeMeaning = "Policies stop acting: they are evaluated and counted only.";

/** A switch in words: what it is called, what it means, and what its button says. */
export function changeWords(change: ModeChange): ChangeWords {
  switch (change.scope) {
    case "hold":
      return change.hold
        ? {
            title: "Hold the whole mesh in observe?",
            meaning:
              "Every policy stops acting at once, whatever its own mode says, until the hold is released.",
            action: "Hold the mesh",
            look: "danger",
          }
        : {
            title: "Release the hold?",
            meaning: "Every service and policy goes back to the mode it was set to.",
            action: "Release the hold",
            look: "enforce",
          };
    case "mesh":
      return change.mode === "enforce"
        ? {
            title: "Enforce across the mesh?",
            meaning: `${enforceMeaning} Services and policies with a mode of their own keep it.`,
            action: "Enforce across the mesh",
            look: "enforce",
          }
        : {
            title: "Observe across the mesh?",
            meaning: `${observeMeaning} Services and policies with a mode of their own keep it.`,
            action: "Observe across the mesh",
            look: "primary",
          };
    case "namespace":
    case "policy":
    case "service":
      return ownWords(change.name, change.mode);
  }
}

function ownWords(name: string, mode: "observe" | "enforce" | null): ChangeWords {
  if (mode === "enforce")
    return {
      title: `Enforce for ${name}?`,
      meaning: enforceMeaning,
      action: `Enforce for ${name}`,
      look: "enforce",
    };
  if (mode === "observe")
    return {
      title: `Observe for ${name}?`,
      meaning: observeMeaning,
      action: `Observe for ${name}`,
      look: "primary",
    };
  return {
    title: `Let ${name} inherit its mode?`,
    meaning: "It follows what stands above it.",
    action: `Inherit for ${name}`,
    look: "primary",
  };
}

/** What a turned switch means from now on, in a sentence. */
export function setWords(change: ModeChange): string {
  if (change.scope === "hold") return change.hold ? "The mesh is on hold." : "The hold is released.";
  const whose = change.scope === "mesh" ? "the mesh" : change.name;
  return change.mode === null ? `Mode of ${whose}: inherited.` : `Mode of ${whose}: ${change.mode}.`;
}
