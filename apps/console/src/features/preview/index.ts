/**
 * What enforcing observed policies would have done to real requests. Enter by `PreviewPage`, of all policies; of one its
 * page has the panel.
 */
export { PreviewPage } from "./components/preview-page.tsx";
