import { error, warning, type Diagnostic } from '../../diagnostics/diagnostic';
import type { KindContext } from '../../topology/kind';
import { mostUnits, needsOf, type InstancesSettings } from './settings';

/** Family, generation, options, size: `m7g.large`, `c7gd.16xlarge`, `u-6tb1.112xlarge`, `m7i-flex.xlarge`, `mac2-m2.metal`. */
const typePattern =
  /^(?:[a-z]{1,4}[0-9]{1,2}[a-z]{0,5}(?:-[a-z0-9]{1,8})?|u-[0-9]{1,2}tb[0-9])\.(?:nano|micro|small|medium|large|[0-9]{0,3}xlarge|metal(?:-[0-9]{1,3}xl)?)$/;

/** `g` after the generation is the cloud's own ARM processor; the first generation had it before. */
function architectureOf(type: string): 'arm64' | 'x86_64' {
  return type.startsWith('a1.') || /^[a-z]{1,4}[0-9]{1,2}g/.test(type) ? 'arm64' : 'x86_64';
}

function architectureNamed(image: string): 'arm64' | 'x86_64' | undefined {
  if (/arm64|aarch64/.test(image)) return 'arm64';
  return /x86[_-]64|amd64/.test(image) ? 'x86_64' : undefined;
}

function checkMachine({ image, type, userData }: InstancesSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  const named = architectureNamed(image);
  if (!typePattern.test(type)) {
    found.push(
      error(
        'instances/type',
        'Not an instance type',
        `${type} is no instance type. Types are written as family and size, such as m7g.large.`,
        {
          path: ['type'],
        },
      ),
    );
  } else if (named && named !== architectureOf(type) && !type.startsWith('mac')) {
    const detail = `The image is for ${named}, and ${type} is ${architectureOf(type)}: no unit would ever start. Change the image or the type.`;
    found.push(error('instances/architecture', 'The image does not run on this type', detail, { path: ['type'] }));
  }
  // Not Buffer: kinds also run in a browser.
  const length = userData === null ? 0 : new TextEncoder().encode(userData).length;
  if (length > 16_384) {
    const detail = `It has ${length} bytes, and the cloud takes 16384. Put the rest into the image, or fetch it at the start.`;
    found.push(error('instances/user-data', 'User data is too long', detail, { path: ['userData'] }));
  }
  return found;
}

function checkLoad({ needs, load, capacity }: InstancesSettings): Diagnostic[] {
  if (load === null && capacity === null) return [];
  if (load !== null && capacity === null) {
    const detail = 'A load says how many units are needed only together with the capacity of one unit. Add capacity, such as 220/s.';
    return [error('instances/load-without-capacity', 'Load without capacity', detail, { path: ['load'] })];
  }
  if (capacity !== null && capacity <= 0) {
    return [
      error('instances/capacity', 'Units without capacity', 'A unit that serves no requests cannot carry a load.', { path: ['capacity'] }),
    ];
  }
  if (load !== null && load <= 0) {
    return [
      error('instances/load', 'No load', 'A load of nothing needs no units. Leave load out, or say how much it is.', { path: ['load'] }),
    ];
  }
  if (load !== null && needs !== null) {
    const detail = 'How many units are needed is either stated or follows from load and capacity. Remove needs, or load.';
    return [error('instances/needs-twice', 'Needs are said twice', detail, { path: ['needs'] })];
  }
  return [];
}

function checkCounts(settings: InstancesSettings): Diagnostic[] {
  const { count, max, batch, load, capacity } = settings;
  const needs = needsOf(settings);
  const found: Diagnostic[] = [];
  if (count > mostUnits) {
    const detail = `It takes ${needs} units that are up, and so ${count} with a zone to lose; ${mostUnits} is the limit. Look at load and capacity.`;
    found.push(error('instances/count', 'Too many units', detail, { path: [load === null ? 'needs' : 'load'] }));
  } else if (needs > count && settings.needs === null) {
    const detail = `${load}/s at ${capacity}/s per unit need ${needs} units, and there are ${count}: it would never be up. Raise count, or correct load or capacity.`;
    found.push(error('instances/needs-above-count', 'More units are needed than there are', detail, { path: ['count'] }));
  } else if (needs > count) {
    const detail = `${needs} of ${count} units must be up: it would never be up. Raise count or lower needs.`;
    found.push(error('instances/needs-above-count', 'More units are needed than there are', detail, { path: ['needs'] }));
  }
  if (max < count) {
    const detail = `The group may not grow beyond ${max} units and must not shrink below ${count}. Raise max or leave it out.`;
    found.push(error('instances/max-below-count', 'The maximum is below the count', detail, { path: ['max'] }));
  }
  if (batch > count) {
    const detail = `A deployment cannot replace ${batch} units at a time where there are ${count}. Lower batch or leave it out.`;
    found.push(error('instances/batch-above-count', 'The batch is larger than the group', detail, { path: ['batch'] }));
  }
  if (settings.needs === null && load === null && count > 1) {
    const detail =
      `All ${count} units are taken as needed, so that each one that fails is an outage. Say how many must be up (needs: ${count - 1}), ` +
      'or the load and what one unit serves (load, capacity).';
    found.push(warning('instances/needs-not-stated', 'It is not said how many units are needed', detail, { path: [] }));
  }
  return found;
}

function checkTimes({ warmUp, grace }: InstancesSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (warmUp > 3600) {
    found.push(error('instances/warm-up', 'Warm-up is too long', 'The cloud waits for an hour at most.', { path: ['warmUp'] }));
  } else if (grace > 7200) {
    found.push(
      error('instances/grace', 'Grace is too long', 'For two hours a dead unit would not be replaced; the limit is 2h.', {
        path: ['grace'],
      }),
    );
  } else if (grace < warmUp) {
    const detail = `A unit answers ${warmUp} s after its launch, and would be replaced as unhealthy after ${grace} s, for ever. Raise grace to warmUp at least.`;
    found.push(error('instances/grace-below-warm-up', 'Units are replaced before they can answer', detail, { path: ['grace'] }));
  }
  for (const [key, seconds] of [
    ['warmUp', warmUp],
    ['grace', grace],
  ] as const) {
    if (!Number.isInteger(seconds))
      found.push(error('instances/whole-seconds', 'Not whole seconds', 'The cloud counts this in whole seconds.', { path: [key] }));
  }
  return found;
}

function checkBalancer(settings: InstancesSettings, context: KindContext): Diagnostic[] {
  const balancers = context.dependents.filter(({ offers }) => offers.balances);
  const found: Diagnostic[] = [];
  if (settings.healthCheck === 'elb' && balancers.length === 0) {
    const detail =
      'No load balancer depends on it, so there is no such check, and a hung unit would stay. Let a load balancer depend on it, or use ec2.';
    found.push(
      error('instances/health-check-without-balancer', "A load balancer's check without a load balancer", detail, {
        path: ['healthCheck'],
      }),
    );
  }
  if (settings.port === null && balancers.length > 0) {
    const detail = `The load balancer ${balancers[0]!.name} sends requests to it, and it does not say on which port it listens. Add port.`;
    found.push(error('instances/balanced-without-port', 'No port for the load balancer', detail, { path: [] }));
  }
  if (settings.scaleOn === 'requests' && settings.capacity === null) {
    const detail = 'Scaling on requests aims at a share of what one unit serves. Add capacity, such as 220/s, or scale on cpu.';
    found.push(error('instances/scale-without-capacity', 'Scaling on requests without capacity', detail, { path: ['scaleOn'] }));
  }
  if (settings.scaleOn === 'requests' && !balancers.some(({ offers }) => offers.protocol === 'http')) {
    const detail = 'Only an application load balancer counts requests, and none depends on it. Scale on cpu, or put one before it.';
    found.push(error('instances/scale-without-balancer', 'Scaling on requests that nobody counts', detail, { path: ['scaleOn'] }));
  }
  return found;
}

function checkDeployment({ deployInAlarm }: InstancesSettings): Diagnostic[] {
  if (deployInAlarm === null) return [];
  const detail =
    `A deployment goes on although units are missing, and is not rolled back, because: ${deployInAlarm}. ` +
    'Take deployInAlarm out once all units are in service.';
  return [warning('instances/deploy-in-alarm', 'No alarm stops a deployment', detail, { path: ['deployInAlarm'] })];
}

/** What the schema cannot say about instances. */
export function check(settings: InstancesSettings, context: KindContext): Diagnostic[] {
  return [
    ...checkMachine(settings),
    ...checkLoad(settings),
    ...checkCounts(settings),
    ...checkTimes(settings),
    ...checkBalancer(settings, context),
    ...checkDeployment(settings),
    ...(context.prefix.length + context.name.length > 128
      ? [
          error(
            'instances/name',
            'The name is too long',
            'With its prefix it has more than 128 characters. Shorten the name, or the name prefix.',
            { path: [] },
          ),
        ]
      : []),
    ...(settings.volume > 16_384
      ? [error('instances/volume', 'The volume is too large', 'A volume holds 16384GiB at most.', { path: ['volume'] })]
      : []),
  ];
}
