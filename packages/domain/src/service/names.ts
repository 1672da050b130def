import { z } from "zod";
import { parseSocketAddress } from "./socket-address.ts";

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A name that is a DNS label (RFC 1123): services, namespaces, policies. */
export const Name = z
  .string()
  .regex(dnsLabel, "must be a DNS label: lower-case letters, digits and '-', at most 63 characters");

/** A version of a service, as Kubernetes label values allow: `v1`, `2026.11.3`, `canary_b`. */
export const Version = z
  .string()
  .regex(
    /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    "must be 1 to 63 letters, digits, '-', '_' or '.', starting and ending with a letter or digit",
  );

/** `address:port`; an IPv6 address stands in brackets. Port 1 to 65535. */
export const SocketAddress = z.string().refine((text) => parseSocketAddress(text) !== undefined, {
  message: "must be host:port, such as 127.0.0.1:8080 or [::1]:8080",
});
