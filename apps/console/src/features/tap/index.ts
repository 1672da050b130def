/** Requests as they happen: one by one (tap), or put together (top). Enter by `LivePage`. */
export { LivePage } from "./components/live-page.tsx";
