/**
 * Latency heatmaps: requests by time and latency, and what sets a chosen part of them apart. Enter by `LatencyHeatmap`;
 * `view-model/` knows neither React nor the server.
 */
export { LatencyHeatmap } from "./components/latency-heatmap.tsx";
export { quantileDashes } from "./view-model/draw-heatmap.ts";
