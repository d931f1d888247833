import { error, type Diagnostic } from '../../diagnostics/diagnostic';
import type { KindContext } from '../../topology/kind';
import { aliasTtl, type DnsSettings } from './settings';

const twoDays = 172_800;

/** What a schema cannot say about a name, and what neither Terraform nor the provider notices. */
export function check(settings: DnsSettings, { dependsOn }: KindContext): Diagnostic[] {
  return [...destination(dependsOn), ...times(settings), ...routing(settings), ...failover(settings), ...asked(settings, dependsOn)];
}

function destination(dependsOn: KindContext['dependsOn']): Diagnostic[] {
  const path = ['dependsOn'];
  if (dependsOn.length !== 1) {
    const detail = `It depends on ${dependsOn.length || 'no'} balancers; a name leads to one in each region. Name it: \`dependsOn: [front]\`.`;
    return [error('dns/one-destination', 'A name needs exactly one destination', detail, { path })];
  }
  const [front] = dependsOn as [KindContext['dependsOn'][number]];
  if (front.without === 'down') return [];
  const detail = `Without "${front.name}" the name leads nowhere, so "${front.name}" cannot be left out. Write \`dependsOn: [${front.name}]\`.`;
  return [error('dns/soft-destination', 'A name cannot do without its destination', detail, { path: [...path, 0] })];
}

function times({ record, ttl }: DnsSettings): Diagnostic[] {
  const path = ['ttl'];
  if (record === 'alias' && ttl !== aliasTtl) {
    const detail = `An alias has the TTL of what it leads to, ${aliasTtl} s. Leave \`ttl\` out, or write \`record: cname\`.`;
    return [error('dns/ttl-of-alias', 'An alias has no TTL of its own', detail, { path })];
  }
  if (ttl >= 1 && ttl <= twoDays && Number.isInteger(ttl)) return [];
  return [
    error('dns/ttl-out-of-range', 'A TTL that no caller keeps', `The ttl is ${ttl} s; whole seconds from 1s to 2d make sense.`, { path }),
  ];
}

function routing({ routing, role, weight }: DnsSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (routing !== 'failover' && role !== 'primary') {
    const detail = `\`role: ${role}\` means something with \`routing: failover\` only; the routing is ${routing}. Leave one out or change the other.`;
    found.push(error('dns/unused-setting', 'A setting without effect', detail, { path: ['role'] }));
  }
  if (routing !== 'weighted' && weight !== 100) {
    const detail = `\`weight: ${weight}\` means something with \`routing: weighted\` only; the routing is ${routing}. Leave one out or change the other.`;
    found.push(error('dns/unused-setting', 'A setting without effect', detail, { path: ['weight'] }));
  }
  return found;
}

/** An alias follows the health of its balancer; a cname follows nothing but a check. */
function failover({ routing, role, record, healthCheck }: DnsSettings): Diagnostic[] {
  if (routing !== 'failover' || role !== 'primary' || record !== 'cname' || healthCheck !== null) return [];
  const detail =
    'A cname knows nothing of the health of its balancer, so the secondary region would never be answered with. Add a `healthCheck`, or write `record: alias`.';
  return [error('dns/never-fails-over', 'A failover that never happens', detail, { path: ['routing'] })];
}

function asked({ healthCheck }: DnsSettings, dependsOn: KindContext['dependsOn']): Diagnostic[] {
  const internal = dependsOn.find(({ offers }) => offers.internal);
  if (healthCheck === null || !internal) return [];
  const detail = `Route 53 asks from the internet, and "${internal.name}" is internal: the check would always fail. Leave \`healthCheck\` out, or make "${internal.name}" internet-facing.`;
  return [error('dns/check-of-internal', 'A health check that cannot reach the balancer', detail, { path: ['healthCheck'] })];
}
