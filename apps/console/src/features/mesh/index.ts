/** How the mesh itself is: its sidecars, the last changes, its telemetry and processes. Enter by `MeshPage`. */
export { MeshPage } from "./components/mesh-page.tsx";
