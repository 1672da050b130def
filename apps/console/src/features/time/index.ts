/** The window of time that every page looks at. Enter by `useWindow`. */
export { useWindow } from "./use-window.ts";
export { refreshMsOf, windowWords } from "./window-param.ts";
