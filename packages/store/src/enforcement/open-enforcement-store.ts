import type { ConfigDatabase } from "../config/config-database.ts";
import type { PolicyMemory } from "../config/policy-memory.ts";
import { keepEnforcement, recordWatch, takeBackEnforcement } from "./end-enforcement.ts";
import { enforcementEvents } from "./enforcement-events.ts";
import type { EnforcementStore } from "./enforcement-store.ts";
import { enforcementsWatching, getEnforcement, listEnforcements } from "./list-enforcements.ts";
import { startEnforcement } from "./start-enforcement.ts";

export function openEnforcementStore(database: ConfigDatabase, memory: PolicyMemory): EnforcementStore {
  const stores = { database, memory };
  return {
    startEnforcement: (start) => startEnforcement(database, memory, start),
    listEnforcements: (query) => listEnforcements(database, query),
    enforcementsWatching: (service, limit) => enforcementsWatching(database, service, limit),
    getEnforcement: (id) => getEnforcement(database, id),
    enforcementEvents: (id) => enforcementEvents(database, id),
    recordWatch: (id, expectedChanges, look) => recordWatch(stores, id, expectedChanges, look),
    takeBackEnforcement: (id, change) => takeBackEnforcement(stores, id, change),
    keepEnforcement: (id, change) => keepEnforcement(stores, id, change),
  };
}
