import type { Replacing } from '../../topology/kind';

const override: Replacing = { setting: null };

/** Where a database keeps its data, and what makes it anew. A replica or a reader holds only what its source holds. */
export const stores: Readonly<Record<string, Readonly<Record<string, Replacing>>>> = {
  // An instance takes another identifier in place.
  instance: {
    engine: { setting: 'engine' },
    storage_encrypted: override,
    kms_key_id: { setting: 'kmsKey' },
    db_name: { setting: 'database' },
    username: { setting: 'username' },
    character_set_name: override,
    nchar_character_set_name: override,
    timezone: override,
    snapshot_identifier: override,
    backup_target: override,
    custom_iam_instance_profile: override,
  },
  cluster: {
    cluster_identifier: { setting: null },
    engine: { setting: 'engine' },
    engine_mode: override,
    storage_encrypted: override,
    storage_type: override,
    kms_key_id: { setting: 'kmsKey' },
    database_name: { setting: 'database' },
    master_username: { setting: 'username' },
    db_subnet_group_name: override,
    snapshot_identifier: override,
    source_region: override,
  },
};
