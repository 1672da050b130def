/** The list of services, and the page of each. Enter by `ServicesPage` and `ServicePage`. */
export { ServicePage } from "./components/service-page.tsx";
export { ServicesPage } from "./components/services-page.tsx";
