/** Freshness of the page: the subscription to changes, its state, pause and refresh. Enter by `useLive`. */
export { LiveProvider, type LiveState, useLive } from "./live-provider.tsx";
