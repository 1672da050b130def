import { openEnforcementStore } from "../enforcement/open-enforcement-store.ts";
import { openNotificationStore } from "../notifications/open-notification-store.ts";
import { openRolloutStore } from "../rollouts/open-rollout-store.ts";
import { openConfigDatabase } from "./config-database.ts";
import type { ConfigStore } from "./config-store.ts";
import { convergenceOf, listConvergence, recordAcknowledgements, recordWanted } from "./convergence.ts";
import { deletePolicies, deletePolicy } from "./delete-policy.ts";
import { expireLeases, releaseSidecar, renewLeases } from "./leases.ts";
import { listAudit } from "./list-audit.ts";
import { listChanges } from "./list-changes.ts";
import { getPolicy, listPolicies, policyRevisions } from "./list-policies.ts";
import { listServices } from "./list-services.ts";
import { liveEndpoints } from "./live-endpoints.ts";
import { PolicyMemory } from "./policy-memory.ts";
import { putPolicies, putPolicy } from "./put-policy.ts";
import { readMeshConfig } from "./read-mesh-config.ts";
import { registerSidecars } from "./register-sidecars.ts";
import { listViews, removeView, renameView, saveView } from "./saved-views.ts";
import { setMeshHold, setMeshMode, setNamespaceMode, setServiceMode } from "./set-mode.ts";
import { setPolicyMode } from "./set-policy-mode.ts";
import { setStableVersion } from "./set-stable-version.ts";
import { listSidecars } from "./sidecars.ts";
import { versionsSeen } from "./versions-seen.ts";

/** The config model of that database. Connects (and loads Prisma) with the first call; `close` when done. */
export function openConfigStore(databaseUrl: string): ConfigStore {
  const database = openConfigDatabase(databaseUrl);
  const memory = new PolicyMemory();
  return {
    readMeshConfig: () => readMeshConfig(database, memory),
    listServices: () => listServices(database, memory),
    setMeshMode: (mode, change) => setMeshMode(database, mode, change),
    setMeshHold: (hold, change) => setMeshHold(database, hold, change),
    setNamespaceMode: (namespace, mode, change) => setNamespaceMode(database, namespace, mode, change),
    setServiceMode: (namespace, name, mode, change) =>
      setServiceMode(database, namespace, name, mode, change),
    setPolicyMode: (namespace, name, mode, change) => setPolicyMode(database, namespace, name, mode, change),
    setStableVersion: (namespace, name, version, change) =>
      setStableVersion(database, namespace, name, version, change),
    listPolicies: () => listPolicies(database, memory),
    getPolicy: (namespace, name) => getPolicy(database, memory, namespace, name),
    policyRevisions: (namespace, name) => policyRevisions(database, namespace, name),
    putPolicy: (policy, change) => putPolicy(database, policy, change),
    putPolicies: (policies, change) => putPolicies(database, policies, change),
    deletePolicies: (policies, change) => deletePolicies(database, policies, change),
    deletePolicy: (namespace, name, change) => deletePolicy(database, namespace, name, change),
    listAudit: (page) => listAudit(database, page),
    listChanges: (query) => listChanges(database, query),
    listVersionsSeen: (query) => database.query((prisma) => versionsSeen(prisma, query)),
    registerSidecar: (hello, lease) => registerSidecars(database, [hello], lease),
    registerSidecars: (hellos, lease) => registerSidecars(database, hellos, lease),
    renewLeases: (controllerId, proxyIds, leaseMs) => renewLeases(database, controllerId, proxyIds, leaseMs),
    releaseSidecar: (proxyId, controllerId) => releaseSidecar(database, proxyId, controllerId),
    expireLeases: () => expireLeases(database),
    liveEndpoints: () => liveEndpoints(database),
    recordWanted: (proxyIds, version, revision) => recordWanted(database, proxyIds, version, revision),
    recordAcknowledgements: (heard) => recordAcknowledgements(database, heard),
    listConvergence: (limit) => listConvergence(database, limit),
    convergenceOf: (configRevision) => convergenceOf(database, configRevision),
    listSidecars: () => listSidecars(database),
    listViews: () => listViews(database),
    saveView: (view) => saveView(database, view),
    renameView: (id, name) => renameView(database, id, name),
    removeView: (id) => removeView(database, id),
    ...openNotificationStore(database),
    ...openEnforcementStore(database, memory),
    ...openRolloutStore(database),
    close: () => database.close(),
  };
}
