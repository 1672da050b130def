/** What stands around every page: rail, top bar, keys, palette. Enter by `Frame`. */
export { Frame } from "./frame.tsx";
export { withWindow } from "./pages.ts";
export { isTyping } from "./shortcuts.tsx";
