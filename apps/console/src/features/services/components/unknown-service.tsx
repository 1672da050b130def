"use client";

import { useParams } from "next/navigation";
import { ServicePage } from "./service-page.tsx";

/** Of a service that was not known when its address was asked for: what was perhaps meant, or the service once it is. */
export function UnknownService() {
  const { namespace, service } = useParams<{ namespace: string; service: string }>();
  return <ServicePage namespace={decodeURIComponent(namespace)} service={decodeURIComponent(service)} />;
}
