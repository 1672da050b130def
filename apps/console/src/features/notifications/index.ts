/** Who is told of what happens in the mesh, and how that went. Enter by `NotificationsPanel`, a part of the settings. */
export { NotificationsPanel } from "./components/notifications-panel.tsx";
