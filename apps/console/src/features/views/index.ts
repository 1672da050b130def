/** Addresses that people named. Enter by `ViewsDialog`, which the frame opens, and `useViews`. */
export { ViewsDialog } from "./components/views-dialog.tsx";
export { useViews } from "./hooks/use-views.ts";
