import type { Replacing } from '../../topology/kind';

const override: Replacing = { setting: null };

/** Where a cache keeps its data, and what makes it anew. */
export const stores: Readonly<Record<string, Readonly<Record<string, Replacing>>>> = {
  group: {
    replication_group_id: { setting: null },
    // Redis becomes Valkey in place; there is no way back.
    engine: { setting: 'engine', when: (before, after) => before !== 'redis' || after !== 'valkey' },
    engine_version: { setting: 'version', when: isLower },
    at_rest_encryption_enabled: override,
    kms_key_id: { setting: 'kmsKey' },
    port: { setting: 'port' },
    subnet_group_name: override,
    network_type: override,
    data_tiering_enabled: override,
    snapshot_name: override,
    snapshot_arns: override,
  },
};

/** Versions go up in place, and down only by a new group. */
function isLower(before: unknown, after: unknown): boolean {
  const [was, is] = [before, after].map((version) => String(version).split('.').map(Number));
  const [major, minor] = [is![0]! - was![0]!, (is![1] ?? 0) - (was![1] ?? 0)];
  return major < 0 || (major === 0 && minor < 0);
}
