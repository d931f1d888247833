import type { Behaviour, Cause, Pool, Unit } from '../../topology/behaviour';
import { expectedDetection, type HealthCheck } from '../../topology/detection';
import type { KindContext } from '../../topology/kind';
import { placesOf, spread } from '../../topology/place';
import type { Quantity } from '../../topology/quantity';
import { changeSigma } from './assumptions';
import { needsOf, type InstancesSettings } from './settings';

/** Health checks of the load balancers that send requests to it. */
export function balancerChecks(context: Pick<KindContext, 'dependents'>): HealthCheck[] {
  return context.dependents.flatMap(({ offers }) => (offers.balances ? [offers.balances.healthCheck] : []));
}

/** The check by which the group replaces units. */
export function groupCheck(settings: InstancesSettings, balanced: boolean): 'elb' | 'ec2' {
  return settings.healthCheck === 'automatic' ? (balanced ? 'elb' : 'ec2') : settings.healthCheck;
}

/** From a unit's outage until its replacement serves. */
function replacementTime(settings: InstancesSettings, checks: readonly HealthCheck[]): Quantity {
  const byBalancer = groupCheck(settings, checks.length > 0) === 'elb';
  // Any balancer that finds the unit unhealthy is enough for the group.
  const detection: Quantity = byBalancer ? Math.min(...checks.map(expectedDetection)) : { assumption: 'instances.statusCheckDetection' };
  // A new target is in rotation after its first check has passed, which is an interval after the registration at the latest.
  const registration = Math.max(0, ...checks.map(({ intervalSeconds }) => intervalSeconds));
  return { sum: [detection, { assumption: 'instances.reaction' }, { assumption: 'instances.launch' }, settings.warmUp + registration] };
}

const failures: Cause['occurrence'] = {
  perYear: { assumption: 'instances.failuresPerYear' },
  length: { distribution: 'exponential', mean: { assumption: 'instances.failureLength' }, sigma: null },
};

function failure(unit: Unit): Cause {
  return {
    address: unit.address,
    scope: 'unit',
    occurrence: failures,
    hits: { units: [unit.address] },
    caught: null,
  };
}

/** A rolling deployment takes turns over the zones, so its first batch has units of as many zones as it can. */
function firstBatch(units: readonly Unit[], batch: number): string[] {
  const turn = ({ address }: Unit): number => Number(address.slice(address.lastIndexOf('/') + 1));
  const inTurn = [...units].sort((a, b) => Number(a.zone === null) - Number(b.zone === null) || turn(a) - turn(b));
  return inTurn.slice(0, batch).map(({ address }) => address);
}

function change(settings: InstancesSettings, context: KindContext, units: readonly Unit[], byBalancer: boolean): Cause {
  return {
    address: `change/${context.name}`,
    scope: 'change',
    occurrence: {
      perYear: { product: [{ assumption: 'instances.deploysPerYear' }, { assumption: 'instances.changeFailureShare' }] },
      length: {
        distribution: 'lognormal',
        mean: { sum: [{ assumption: 'instances.changeDetection' }, { assumption: 'instances.changeRollback' }] },
        sigma: changeSigma,
      },
    },
    hits: { component: context.name },
    // Where the first batch is everything, there is nothing left to save.
    caught:
      settings.batch >= settings.count
        ? null
        : {
            coverage: { assumption: byBalancer ? 'instances.changeCaught' : 'instances.changeCaughtByStatus' },
            units: firstBatch(units, settings.batch),
          },
  };
}

function notModelled(settings: InstancesSettings, byBalancer: boolean): string[] {
  return [
    'Units that auto scaling adds beyond the count: they are not counted as available.',
    'Connections that break when a unit is replaced or a deployment takes it out.',
    ...(byBalancer
      ? []
      : ["A process that hangs or errs while the machine runs: only EC2's status checks watch it, and they see the machine alone."]),
    ...(/^resolve:ssm:[^:]+$/.test(settings.image)
      ? ['An image that changes behind its parameter: a unit that is replaced then runs something that no deployment has tried.']
      : []),
  ];
}

/** How instances fail and recover. */
export function describe(settings: InstancesSettings, context: KindContext): Behaviour {
  const { name, region } = context;
  const checks = balancerChecks(context);
  const byBalancer = groupCheck(settings, checks.length > 0) === 'elb';
  const units = spread(name, settings.count, region.zones);
  const needs = needsOf(settings);
  const targets: Pool = {
    form: 'pool',
    name: 'targets',
    units: units.map(({ address }) => address),
    shard: null,
    without: 'down',
    place: units.some(({ zone }) => zone === null) ? { outcomes: placesOf(units, region.zones) } : null,
    needs,
    replacement: {
      time: replacementTime(settings, checks),
      spare: settings.distribution === 'balanced-only' || region.zones.length < 2 ? null : { assumption: 'instances.spareCapacity' },
      needs: 'control-plane',
    },
  };
  return {
    units,
    causes: [...units.map(failure), change(settings, context, units, byBalancer)],
    groups: [targets],
    balanced:
      checks.length === 0
        ? null
        : {
            group: 'targets',
            detection: Math.max(...checks.map(expectedDetection)),
            loadInUnits: settings.load !== null && settings.capacity !== null ? settings.load / settings.capacity : needs,
          },
    notModelled: notModelled(settings, byBalancer),
  };
}
