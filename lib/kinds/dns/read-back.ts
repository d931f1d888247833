import { tryFindBlock } from '../../resources/arguments';
import type { ReadBack } from '../../resources/read-back';
import type { Arguments, Resource, Resources } from '../../resources/resources';

/** A record has no name but its domain; which component it is, its logical id says. */
function nameOf({ name }: Resource): string {
  return name.replace(/_record$/, '');
}

/** Names that lead to a balancer. */
export const readBack: ReadBack = (resources) =>
  resources
    .ofType('aws_route53_record')
    .filter(({ name }) => name.endsWith('_record'))
    .map((record) => ({ name: nameOf(record), settings: settingsOf(record.arguments, resources), units: [] }));

function settingsOf(record: Arguments, resources: Resources): Record<string, unknown> {
  const check = resources.tryFollow(record.health_check_id)?.arguments;
  const failover = tryFindBlock(record, 'failover_routing_policy');
  const weighted = tryFindBlock(record, 'weighted_routing_policy');
  return {
    domain: record.name,
    hostedZone: record.zone_id,
    ...(record.type === 'CNAME' ? { record: 'cname', ttl: `${Number(record.ttl)}s` } : { record: 'alias' }),
    ...(failover ? { routing: 'failover', role: String(failover.type).toLowerCase() } : {}),
    ...(weighted ? { routing: 'weighted', weight: weighted.weight } : {}),
    ...(tryFindBlock(record, 'latency_routing_policy') ? { routing: 'latency' } : {}),
    ...(check
      ? { healthCheck: { path: check.resource_path, interval: `${Number(check.request_interval)}s`, unhealthy: check.failure_threshold } }
      : {}),
  };
}
