import { error, type Diagnostic, type SettingPath } from '../../diagnostics/diagnostic';
import { quote } from '../../diagnostics/way-out';
import type { KindContext } from '../../topology/kind';
import type { LoadBalancerSettings } from './settings';

const hour = 3600;
const nameLimit = 32;

/** What each type of balancer can do. What is not here would be ignored in silence, or refused while it is deployed. */
const abilities = {
  application: {
    protocol: ['https'],
    targetProtocol: ['http', 'https'],
    algorithm: ['round-robin', 'least-outstanding', 'weighted-random'],
    stickiness: ['cookie'],
  },
  network: {
    protocol: ['tls', 'tcp'],
    targetProtocol: ['tcp', 'tls'],
    algorithm: ['flow-hash'],
    stickiness: ['source-ip'],
  },
} as const;

/** What a schema cannot say about a balancer, and what neither Terraform nor the provider notices. */
export function check(settings: LoadBalancerSettings, context: KindContext): Diagnostic[] {
  return [...zones(context), ...name(context), ...targets(context), ...ability(settings), ...encryption(settings), ...times(settings)];
}

function zones({ region }: KindContext): Diagnostic[] {
  if (region.zones.length >= 2) return [];
  const detail = `Region ${region.name} of this spec has one zone; a balancer stands in at least two. Add a zone to the region.`;
  return [error('load-balancer/one-zone', 'A balancer needs two zones', detail)];
}

function name({ name, prefix }: KindContext): Diagnostic[] {
  const full = `${prefix}${name}`;
  const where = { atKey: true, path: [] };
  if (full.startsWith('internal-')) {
    const detail = `The balancer would be named ${quote(full)}; AWS keeps names that begin with internal- for itself. Rename the topology, or set a prefix.`;
    return [error('load-balancer/name-internal', 'The name of a balancer is reserved', detail, where)];
  }
  if (full.length <= nameLimit) return [];
  const detail = `The balancer would be named ${quote(full)}, ${full.length} characters; AWS takes ${nameLimit}. Shorten the name of the component, of the topology, or the prefix.`;
  return [error('load-balancer/name-too-long', 'The name of a balancer is too long', detail, where)];
}

function targets({ dependsOn }: KindContext): Diagnostic[] {
  const path = ['dependsOn'];
  if (dependsOn.length !== 1) {
    const detail = `It depends on ${dependsOn.length || 'no'} components; a balancer sends all requests to one. ${
      dependsOn.length === 0 ? 'Name it: `dependsOn: [order]`.' : 'Make a balancer for each of the others.'
    }`;
    return [error('load-balancer/one-target', 'A balancer needs exactly one target', detail, { path })];
  }
  const [target] = dependsOn as [KindContext['dependsOn'][number]];
  if (target.without === 'degraded') {
    const detail = `Without "${target.name}" it answers nothing, so "${target.name}" cannot be left out. Write \`dependsOn: [${target.name}]\`.`;
    return [error('load-balancer/soft-target', 'A balancer cannot do without its target', detail, { path: [...path, 0] })];
  }
  if (target.offers.port === undefined) {
    const detail = `"${target.name}" takes no connections. Give it a \`port\`.`;
    return [error('load-balancer/target-without-port', 'The target takes no connections', detail, { path: [...path, 0] })];
  }
  return [];
}

function ability(settings: LoadBalancerSettings): Diagnostic[] {
  const { type, crossZone, stickiness } = settings;
  const can = abilities[type];
  const chosen = Object.keys(can) as (keyof typeof can)[];
  const unable = chosen.flatMap((key) => {
    const value = settings[key];
    const possible: readonly string[] = can[key];
    if (value === null || possible.includes(value)) return [];
    const detail = `A balancer of type ${type} cannot do \`${key}: ${value}\`. It can do ${possible.join(', ')}; ${value} needs \`type: ${type === 'network' ? 'application' : 'network'}\`.`;
    return [error('load-balancer/unable', 'This type of balancer cannot do that', detail, { path: [key] })];
  });
  if (type === 'network' && settings.protocol === 'tls' && stickiness === 'source-ip') {
    const detail = 'A network balancer that ends TLS binds no users to targets. Write `protocol: tcp`, or leave `stickiness` out.';
    unable.push(error('load-balancer/unable', 'This type of balancer cannot do that', detail, { path: ['stickiness'] }));
  }
  if (type === 'application' && stickiness !== null && !crossZone) {
    const detail = 'Without `crossZone` AWS binds no users to targets. Leave one of the two out.';
    unable.push(error('load-balancer/unable', 'This type of balancer cannot do that', detail, { path: ['crossZone'] }));
  }
  if (settings.protocol === 'tcp' && settings.targetProtocol === 'tls') {
    const detail =
      'What passes through by `protocol: tcp` is not encrypted anew. Write `protocol: tls` with a certificate, or `targetProtocol: tcp`.';
    unable.push(error('load-balancer/unable', 'This type of balancer cannot do that', detail, { path: ['targetProtocol'] }));
  }
  return unable;
}

function encryption(settings: LoadBalancerSettings): Diagnostic[] {
  const { protocol, certificate, redirect, type, scheme, port } = settings;
  const found: Diagnostic[] = [];
  if (protocol !== 'tcp' && certificate === null) {
    const detail = `It listens to ${protocol} and has nothing to show. Name the ARN of a \`certificate\`${type === 'network' ? ', or let encryption pass through with `protocol: tcp`' : ''}.`;
    found.push(error('load-balancer/no-certificate', 'A certificate is missing', detail));
  }
  if (protocol === 'tcp' && certificate !== null) {
    const detail = 'With `protocol: tcp` the targets answer with their own certificate. Leave `certificate` out, or write `protocol: tls`.';
    found.push(error('load-balancer/unused-certificate', 'A certificate that nothing shows', detail, { path: ['certificate'] }));
  }
  if (redirect && (type === 'network' || scheme === 'internal')) {
    const detail = `A ${scheme} balancer of type ${type} redirects nobody: ${type === 'network' ? 'it does not understand HTTP' : 'only its dependents reach it, on its own port'}. Leave \`redirect\` out.`;
    found.push(error('load-balancer/no-redirect', 'This balancer cannot redirect', detail, { path: ['redirect'] }));
  }
  if (redirect && port === 80) {
    const detail = 'Port 80 is where callers are redirected from. Choose another `port`, or `redirect: false`.';
    found.push(error('load-balancer/redirect-port', 'Two listeners on one port', detail, { path: ['port'] }));
  }
  return found;
}

function times({ healthCheck, deregistrationDelay, stickyFor }: LoadBalancerSettings): Diagnostic[] {
  const { intervalSeconds, timeoutSeconds } = healthCheck;
  const found = [
    ...between(intervalSeconds, 5, 300, ['healthCheck', 'interval']),
    ...between(timeoutSeconds, 2, 120, ['healthCheck', 'timeout']),
    ...between(deregistrationDelay, 0, hour, ['deregistrationDelay']),
    ...between(stickyFor, 1, 7 * 24 * hour, ['stickyFor']),
  ];
  if (timeoutSeconds >= intervalSeconds) {
    const detail = `A check that waits ${timeoutSeconds} s for its answer cannot begin every ${intervalSeconds} s. Make the timeout shorter than the interval.`;
    found.push(
      error('load-balancer/timeout-not-below-interval', 'A health check must time out before the next', detail, { path: ['healthCheck'] }),
    );
  }
  return found;
}

function between(seconds: number, least: number, most: number, path: SettingPath): Diagnostic[] {
  if (seconds >= least && seconds <= most && Number.isInteger(seconds)) return [];
  const detail = `${path.join('.')} is ${seconds} s; AWS takes whole seconds from ${least} to ${most}.`;
  return [error('load-balancer/time-out-of-range', 'A time that AWS does not take', detail, { path })];
}
