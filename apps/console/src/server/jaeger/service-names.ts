import type { ServiceName } from "@weir/store";

/**
 * Jaeger knows services by one name. A service is called by its own, and where another namespace has one of that name
 * by `name.namespace`.
 */
export class ServiceNames {
  readonly #byText = new Map<string, ServiceName>();
  readonly #textOf = new Map<string, string>();

  constructor(services: readonly ServiceName[]) {
    const namespacesOf = Map.groupBy(services, ({ service }) => service);
    for (const { namespace, service } of services) {
      const isAlone = new Set(namespacesOf.get(service)?.map((one) => one.namespace)).size === 1;
      const text = isAlone ? service : `${service}.${namespace}`;
      this.#byText.set(text, { namespace, service });
      this.#textOf.set(`${namespace}/${service}`, text);
    }
  }

  /** In alphabetical order. */
  get all(): string[] {
    return [...this.#byText.keys()].sort();
  }

  /** Undefined for a name that nobody has. */
  find(text: string): ServiceName | undefined {
    return this.#byText.get(text);
  }

  textOf({ namespace, service }: ServiceName): string {
    return this.#textOf.get(`${namespace}/${service}`) ?? service;
  }
}
