import { type LookupAddress, lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { type Reach, refusedAddress } from "./refused-address.ts";

/** Nothing is sent where a request would have gone, in words. */
export class AddressRefused extends Error {
  readonly code = "ADDRESS_REFUSED";

  constructor(message: string) {
    super(message);
    this.name = "AddressRefused";
  }
}

/**
 * Sends requests to the servers that people name, but nowhere that is refused. Judged is the address that is connected to and not
 * its name, which may mean another one each time it is asked for.
 */
export function webhookAgent(reach: Reach, resolve: typeof lookup = lookup): Agent {
  const connect = buildConnector({ lookup: refusingLookup(reach, resolve) });
  return new Agent({
    connect(options, callback) {
      // Of an address nobody looks up the name.
      const refused = refusedAddress(options.hostname.replace(/^\[|\]$/g, ""), reach);
      if (refused === undefined) connect(options, callback);
      else callback(new AddressRefused(refused), null);
    },
  });
}

function refusingLookup(reach: Reach, resolve: typeof lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(({ address }) => refusedAddress(address, reach) === undefined);
      const [first] = allowed;
      if (first) return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
      const [refused] = addresses.map(({ address }) => refusedAddress(address, reach));
      callback(new AddressRefused(`${hostname}: ${refused ?? "it has no address"}`), []);
    });
  };
}
