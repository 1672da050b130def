import type { KeyboardEvent } from "react";

/** Enter and the space bar do what a click does, as on any button. */
export function onEnter(action: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    action();
  };
}
