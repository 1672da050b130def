/** The list of services, and the page of each. Enter by `ServicesPage`, `ServicePage` and `UnknownService`. */
export { ServicePage } from "./components/service-page.tsx";
export { ServicesPage } from "./components/services-page.tsx";
export { UnknownService } from "./components/unknown-service.tsx";
