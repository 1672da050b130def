/** The table of services. Enter by `ServicesPage`. */
export { ServicesPage } from "./components/services-page.tsx";
