/** What runs in workers: layouts. */
export { makeLayoutEngine } from "./layout-engine.ts";
