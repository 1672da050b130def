/** Addresses that people named. Enter by `ViewsDialog`, which the frame opens. */
export { ViewsDialog } from "./components/views-dialog.tsx";
