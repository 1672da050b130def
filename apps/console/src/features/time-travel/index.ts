/** The time around the window: drag, replay, and comparing two windows. Enter by `TimeStrip` and `useCompared`. */
export { ComparePanel } from "./components/compare-panel.tsx";
export { TimeStrip } from "./components/time-strip.tsx";
export { useCompared } from "./hooks/use-compared.ts";
