import type { Fault } from '../fault';

const instances = { file: 'lib/kinds/instances/construct.ts', test: 'lib/kinds/instances/construct.test.ts' };
const database = { folder: 'lib/kinds/database', test: 'lib/kinds/database/construct.test.ts' };
const cache = { file: 'lib/kinds/cache/construct.ts', test: 'lib/kinds/cache/construct.test.ts' };
const queue = { file: 'lib/kinds/queue/construct.ts', test: 'lib/kinds/queue/construct.test.ts' };
const described = 'what was built has the units that were described';
const same = 'its Terraform has the units of the model';
const careful = 'is encrypted, private, backed up, protected';

/** What a construct could get wrong so that Terraform builds something else than the model describes. */
export const constructFaults: readonly Fault[] = [
  {
    name: 'the group may shrink to one unit',
    file: instances.file,
    anchor: 'minSize: count,',
    replacement: 'minSize: 1,',
    test: { file: instances.test, name: described },
  },
  {
    name: 'the group gets one zone',
    file: instances.file,
    anchor: "vpcZoneIdentifier: this.network.subnetIds('private'),",
    replacement: "vpcZoneIdentifier: this.network.subnetIds('private').slice(0, 1),",
    test: { file: instances.test, name: described },
  },
  {
    name: 'the group lies in public subnets',
    file: instances.file,
    anchor: "vpcZoneIdentifier: this.network.subnetIds('private'),",
    replacement: "vpcZoneIdentifier: this.network.subnetIds('public'),",
    test: { file: instances.test, name: 'the group keeps its count in one private subnet per zone' },
  },
  {
    name: 'a group behind a balancer is still judged by the status checks alone',
    file: instances.file,
    anchor: 'this.scalingGroup.healthCheckType = groupCheck(this.settings, true).toUpperCase();',
    replacement: '',
    test: { file: instances.test, name: 'units that a load balancer checks are replaced by its check' },
  },
  {
    name: 'a deployment may take old units away first',
    file: instances.file,
    anchor: 'minHealthyPercentage: 100,',
    replacement: 'minHealthyPercentage: 50,',
    test: { file: instances.test, name: 'a deployment replaces one batch at a time' },
  },
  {
    name: 'a deployment replaces twice the batch',
    file: instances.file,
    anchor: 'maxHealthyPercentage: 100 + batchPercentage(batch, count),',
    replacement: 'maxHealthyPercentage: 100 + batchPercentage(2 * batch, count),',
    test: { file: instances.test, name: described },
  },
  {
    name: 'the strategy over zones is not written',
    file: instances.file,
    anchor: 'availabilityZoneDistribution: { capacityDistributionStrategy: distribution },',
    replacement: '',
    test: { file: instances.test, name: `${described}: a load` },
  },
  {
    name: 'Terraform takes back what scaling has moved',
    file: instances.file,
    anchor: "...(scaleOn === 'nothing' ? {} : { lifecycle: { ignoreChanges: ['desired_capacity'] } }),",
    replacement: '',
    test: { file: instances.test, name: 'Terraform leaves the desired count to scaling' },
  },
  {
    name: 'the alarm rings at one unit and not at what is needed',
    file: instances.file,
    anchor: 'threshold: needs,',
    replacement: 'threshold: 1,',
    test: { file: instances.test, name: 'an alarm rings when fewer are in service than are needed' },
  },
  {
    name: 'credentials are given to whoever can send a request',
    file: instances.file,
    anchor: "httpTokens: 'required'",
    replacement: "httpTokens: 'optional'",
    test: { file: instances.test, name: 'instances give their credentials to nobody' },
  },
  {
    name: 'a forgotten multi_az',
    file: `${database.folder}/instance-resources.ts`,
    anchor: "multiAz: form === 'multi-az-instance',",
    replacement: 'multiAz: false,',
    test: { file: database.test, name: same },
  },
  {
    name: 'all Aurora nodes in one zone',
    file: `${database.folder}/cluster-resources.ts`,
    anchor: 'availabilityZone: zone,',
    replacement: "availabilityZone: 'us-east-1a',",
    test: { file: database.test, name: `aurora.*${same}` },
  },
  {
    name: 'an Aurora cluster without its readers',
    file: `${database.folder}/construct.ts`,
    anchor: 'shard.nodes.forEach((node, i) => {',
    replacement: 'shard.nodes.slice(0, 1).forEach((node, i) => {',
    test: { file: database.test, name: `aurora.*${same}` },
  },
  {
    name: 'read replicas that are never made',
    file: `${database.folder}/construct.ts`,
    anchor: 'shard.replicas.forEach((replica, i) => {',
    replacement: 'shard.replicas.slice(1).forEach((replica, i) => {',
    test: { file: database.test, name: same },
  },
  {
    name: 'one shard too few',
    file: `${database.folder}/construct.ts`,
    anchor: 'this.endpoints = shardsOf(name, settings, this.network.region.zones).map(',
    replacement: 'this.endpoints = shardsOf(name, settings, this.network.region.zones).slice(0, Math.max(1, settings.shards - 1)).map(',
    test: { file: database.test, name: same },
  },
  {
    name: 'a database in one zone',
    file: `${database.folder}/construct.ts`,
    anchor: "subnetIds: this.network.subnetIds('data'),",
    replacement: "subnetIds: this.network.subnetIds('data').slice(0, 1),",
    test: { file: database.test, name: same },
  },
  {
    name: 'a database without encryption',
    file: `${database.folder}/instance-resources.ts`,
    anchor: 'storageEncrypted: true,\n    kmsKeyId: around.keyArn,\n    dbSubnetGroupName',
    replacement: 'storageEncrypted: false,\n    kmsKeyId: around.keyArn,\n    dbSubnetGroupName',
    test: { file: database.test, name: careful },
  },
  {
    name: 'a database that anybody may delete',
    file: `${database.folder}/instance-resources.ts`,
    anchor: 'deletionProtection: deletable === null,',
    replacement: 'deletionProtection: deletable !== null,',
    test: { file: database.test, name: careful },
  },
  {
    name: 'a database that leaves nothing behind as soon as it may be deleted',
    file: `${database.folder}/instance-resources.ts`,
    anchor: 'const kept = withoutLastSnapshot === null;',
    replacement: 'const kept = deletable === null && withoutLastSnapshot === null;',
    test: { file: database.test, name: 'a database that may be deleted leaves a last snapshot' },
  },
  {
    name: 'Terraform takes back the zone to which a primary has moved',
    file: `${database.folder}/instance-resources.ts`,
    anchor: "lifecycle: { ignoreChanges: ['availability_zone'] },",
    replacement: '',
    test: { file: database.test, name: 'what AWS moves is not taken back' },
  },
  {
    name: 'RDS is asked to manage the password of an instance with read replicas',
    file: `${database.folder}/instance-resources.ts`,
    anchor: ': { passwordWo: around.password, passwordWoVersion: settings.passwordVersion }),',
    replacement: ': { manageMasterUserPassword: true }),',
    test: { file: database.test, name: 'with read replicas the password is an ephemeral variable' },
  },
  {
    name: 'a cache that nothing promotes',
    file: cache.file,
    anchor: "automaticFailoverEnabled: replicas > 0 || form === 'cluster',",
    replacement: "automaticFailoverEnabled: form === 'cluster',",
    test: { file: cache.test, name: same },
  },
  {
    name: 'replicas of a cache that may lie in the zone of the primary',
    file: cache.file,
    anchor: 'multiAzEnabled: replicas > 0,',
    replacement: 'multiAzEnabled: false,',
    test: { file: cache.test, name: same },
  },
  {
    name: 'a cache without one of its replicas',
    file: cache.file,
    anchor: '{ numCacheClusters: 1 + replicas,',
    replacement: '{ numCacheClusters: replicas,',
    test: { file: cache.test, name: 'is encrypted at rest|its Terraform has the units' },
  },
  {
    name: 'a cache whose shards have no replicas',
    file: cache.file,
    anchor: 'replicasPerNodeGroup: replicas }',
    replacement: 'replicasPerNodeGroup: 0 }',
    test: { file: cache.test, name: same },
  },
  {
    name: 'a queue without redrive',
    file: queue.file,
    anchor: 'redrivePolicy: JSON.stringify({ deadLetterTargetArn: this.deadLetters.arn, maxReceiveCount: maxReceives }),',
    replacement: '',
    test: { file: queue.test, name: 'a queue is found as it was built' },
  },
  {
    name: 'a queue that gives up after the first try',
    file: queue.file,
    anchor: 'maxReceiveCount: maxReceives',
    replacement: 'maxReceiveCount: 1',
    test: { file: queue.test, name: 'a queue is found as it was built' },
  },
  {
    name: 'subnets of two tiers in the same range',
    file: 'lib/terraform/subnets.ts',
    anchor: 'const index = tiers.indexOf(tier) * zoneSlots + slot;',
    replacement: 'const index = tiers.indexOf(tier) * (zoneSlots - 1) + slot;',
    test: { file: 'lib/terraform/subnets.test.ts', name: 'the ranges of all tiers and zones' },
  },
];
