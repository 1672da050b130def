/** The window of time that every page looks at. Enter by `useWindow`. */
export { useWindow } from "./hooks/use-window.ts";
export { useWindowWords } from "./hooks/use-window-words.ts";
export { localText, msOfLocalText } from "./view-model/local-text.ts";
export { lastText, stepWindow, textOf, widenWindow } from "./view-model/step-window.ts";
export { refreshMsOf, windowWords } from "./view-model/window-param.ts";
