/** What a reader chose for this browser, and what the server is set to. Enter by `SettingsPage`; the frame has `ApplySettings`. */
export { ApplySettings } from "./components/apply-settings.tsx";
export { SettingsPage } from "./components/settings-page.tsx";
export { useBrowserSettings } from "./hooks/use-browser-settings.ts";
export { refreshChoices } from "./view-model/refresh-choices.ts";
