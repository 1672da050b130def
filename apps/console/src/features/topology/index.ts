/**
 * The map of services, its list, and the panels for what is selected. Enter by `TopologyPage`; the signs of health
 * and the shares of versions are for other pages too.
 */
export { HealthGlyph, healthText } from "./components/health-glyph.tsx";
export { TopologyPage } from "./components/topology-page.tsx";
export { VersionShares } from "./components/version-shares.tsx";
export { healthWords } from "./view-model/describe.ts";
