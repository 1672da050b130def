/**
 * Traces: finding them, and reading one as a waterfall. Pages enter by `TracesPage` and `TracePage`; what is drawn is
 * computed in `view-model/`, which knows neither React nor the server.
 */
export { TracePage } from "./components/trace-page.tsx";
export { TracesPage } from "./components/traces-page.tsx";
