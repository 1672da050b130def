/**
 * Traces: finding them, and reading one as a waterfall. Pages enter by `TracesPage`, `TracePage` and
 * `ComparePage`; what is drawn is
 * computed in `view-model/`, which knows neither React nor the server.
 */
export { ComparePage } from "./components/compare-page.tsx";
export { TracePage } from "./components/trace-page.tsx";
export { TracesPage } from "./components/traces-page.tsx";
export { traceAddress } from "./view-model/trace-address.ts";
