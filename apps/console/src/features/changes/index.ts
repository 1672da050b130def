/**
 * What was changed, on the time axis of any chart. Enter by `useChanges` for the changes of the window and `ChangeTicks` to
 * draw them; `ChangeList` writes them out. `view-model/` knows neither React nor the server.
 */
export { ChangeList } from "./components/change-list.tsx";
export { ChangeTicks } from "./components/change-ticks.tsx";
export { useChanges } from "./hooks/use-changes.ts";
export { useWidth } from "./hooks/use-width.ts";
