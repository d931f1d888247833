import { Resources } from '../resources/resources';
import type { Topology } from '../topology/topology';
import { balancers } from './live/balancers';
import { caches, databases, queues } from './live/data';
import { instances } from './live/instances';
import { network } from './live/network';
import type { Ours } from './live/ours';
import { LiveError, loadSdk } from './live/sdk';
import { alarms, records } from './live/signals';

export { LiveError } from './live/sdk';

/**
 * What AWS says is there of a topology, as the resources of its Terraform. Nothing is changed; credentials, profile and endpoint are found as the AWS SDK
 * finds them. Throws a `LiveError` where AWS cannot be asked.
 */
export async function liveResources(topology: Topology, expected: Resources): Promise<Resources> {
  const sdk = await loadSdk();
  const region = topology.regions[0]!.name;
  const ours: Ours = { topology, expected, region, prefix: `${topology.deployment.namePrefix}${topology.name}-` };
  const ec2 = new sdk.ec2.EC2Client({ region });
  const scaling = new sdk.autoScaling.AutoScalingClient({ region });
  const clients = {
    ec2,
    scaling,
    balancing: new sdk.balancing.ElasticLoadBalancingV2Client({ region }),
    rds: new sdk.rds.RDSClient({ region }),
    cache: new sdk.cache.ElastiCacheClient({ region }),
    sqs: new sdk.sqs.SQSClient({ region }),
    route53: new sdk.route53.Route53Client({ region }),
    cloudWatch: new sdk.cloudWatch.CloudWatchClient({ region }),
  };
  // Kinds that the topology has none of are asked for all the same: somebody may have made some by hand.
  const found = await Promise.all([
    network(sdk.ec2, ec2, ours),
    instances(sdk, { scaling, ec2 }, ours),
    balancers(sdk.balancing, clients.balancing, ours),
    databases(sdk.rds, clients.rds, ours),
    caches(sdk.cache, clients.cache, ours),
    queues(sdk.sqs, clients.sqs, ours),
    records(sdk.route53, clients.route53, ours),
    alarms(sdk.cloudWatch, clients.cloudWatch, ours),
  ]);
  for (const client of Object.values(clients)) client.destroy();
  const resources = new Resources(found.flat());
  checkAccount(topology, resources);
  return resources;
}

/** Terraform refuses to touch another account than the spec's, and a comparison with one means nothing. */
function checkAccount({ deployment: { account }, name }: Topology, { all }: Resources): void {
  const accounts = new Set(all.flatMap(({ arguments: { arn } }) => (typeof arn === 'string' ? (arn.split(':')[4] ?? '') : [])));
  const other = [...accounts].find((it) => it !== '' && it !== account);
  if (account !== null && other !== undefined)
    throw new LiveError(`AWS answered for the account ${other}, and ${name} is in ${account}. Take the credentials of that account.`);
}
