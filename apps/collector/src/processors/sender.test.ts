import { expect, test } from "vitest";
import { istioServiceOf, nameOf, senderOf } from "./sender.ts";

const resourceOf = (attributes: object) => ({ attributes: attributes as never, droppedAttributesCount: 0 });

test.each`
  attributes                                                                              | service
  ${{}}                                                                                   | ${"/unknown_service@"}
  ${{ "service.name": "" }}                                                               | ${"/unknown_service@"}
  ${{ "service.name": "unknown_service:node" }}                                           | ${"/unknown_service@"}
  ${{ "service.name": "unknown_services" }}                                               | ${"/unknown_services@"}
  ${{ "service.name": "web", "service.namespace": "shop", "service.version": "v1" }}      | ${"shop/web@v1"}
  ${{ "service.name": "web", "k8s.deployment.name": "web-blue" }}                         | ${"/web@"}
  ${{ "service.name": "web", "k8s.namespace.name": "prod" }}                              | ${"prod/web@"}
  ${{ "service.name": "web", "service.namespace": "shop", "k8s.namespace.name": "prod" }} | ${"shop/web@"}
  ${{ "service.name": "unknown_service:java", "k8s.deployment.name": "cart" }}            | ${"/cart@"}
  ${{ "k8s.statefulset.name": "db", "k8s.pod.name": "db-0", "k8s.namespace.name": "n" }}  | ${"n/db@"}
  ${{ "k8s.replicaset.name": "cart-5d9f7c6b8f", "k8s.container.name": "main" }}           | ${"/cart@"}
  ${{ "k8s.daemonset.name": "agent", "k8s.container.name": "main" }}                      | ${"/agent@"}
  ${{ "k8s.cronjob.name": "report", "k8s.job.name": "report-29384" }}                     | ${"/report@"}
  ${{ "k8s.pod.name": "db-0", "k8s.container.name": "postgres" }}                         | ${"/postgres@"}
  ${{ "k8s.pod.label.app.kubernetes.io/name": "cart", "k8s.deployment.name": "cart-a" }}  | ${"/cart@"}
  ${{ "faas.name": "resize", "faas.version": "7" }}                                       | ${"/resize@7"}
  ${{ "container.name": "cart", "container.image.tags": ["1.2", "latest"] }}              | ${"/cart@1.2"}
  ${{ "container.name": "cart", "container.image.tags": [], "container.image.tag": "1" }} | ${"/cart@1"}
  ${{ "service.name": "a", "service.version": 3 }}                                        | ${"/a@3"}
  ${{ "service.name": ["a"] }}                                                            | ${"/unknown_service@"}
  ${{ "service.name": "x".repeat(9000) }}                                                 | ${`/${"x".repeat(255)}@`}
`("$attributes is $service", ({ attributes, service }) => {
  const { namespace, name, version } = senderOf(resourceOf(attributes)).service;
  expect(`${namespace}/${name}@${version}`).toBe(service);
});

test("a resource that is missing is nobody's, and one that is there is kept as it came", () => {
  expect(senderOf(undefined)).toEqual({
    service: { namespace: "", name: "unknown_service", version: "" },
    resource: {},
  });
  const attributes = { "service.name": "unknown_service:node", "k8s.deployment.name": "cart" };
  expect(senderOf(resourceOf(attributes)).resource).toBe(attributes);
});

test.each`
  attributes                                                                                                | service
  ${{ "istio.canonical_service": "reviews", "istio.namespace": "books", "istio.canonical_revision": "v2" }} | ${{ namespace: "books", name: "reviews", version: "v2" }}
  ${{ "istio.canonical_service": "reviews" }}                                                               | ${{ namespace: "", name: "reviews", version: "" }}
  ${{ "istio.canonical_service": "unknown", "istio.namespace": "books" }}                                   | ${undefined}
  ${{ "istio.namespace": "books" }}                                                                         | ${undefined}
  ${{ "http.request.method": "GET" }}                                                                       | ${undefined}
`("an Istio sidecar's span with $attributes is of $service", ({ attributes, service }) => {
  expect(istioServiceOf(attributes)).toEqual(service);
});

test.each`
  value        | name
  ${undefined} | ${""}
  ${true}      | ${""}
  ${12n}       | ${"12"}
  ${1.5}       | ${"1.5"}
`("$value as a name is '$name'", ({ value, name }) => {
  expect(nameOf(value)).toBe(name);
});
