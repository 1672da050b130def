/** What every page stands on (console, database, collector, controller): a banner says which of it is away. */
export { SourcesBanner } from "./components/sources-banner.tsx";
