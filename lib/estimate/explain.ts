import type { Cause, Group } from '../topology/behaviour';
import { expectedDetection, worstDetection, type HealthCheck } from '../topology/detection';
import { assumptionsOf, evaluate, type Quantity } from '../topology/quantity';
import type { Component, Topology, UsedAssumption } from '../topology/topology';
import { secondsPerYear } from '../units/duration';
import type { Estimate, FlowEstimate } from './estimate';
import { formulaText } from './formula-text';

/** Why a number is what it is: formulas, inputs, sources. Exact; words and rounding come later. */
export interface Explanation {
  readonly address: string;
  readonly sections: readonly { readonly title: string; readonly lines: readonly Line[] }[];
  /** What the formulas above hang on. */
  readonly assumptions: readonly UsedAssumption[];
}

export interface Line {
  readonly name: string;
  /** null: it is a number by itself, or a word. */
  readonly formula: string | null;
  readonly value: number | string | null;
  readonly unit: 'seconds' | 'per year' | 'probability' | 'share' | 'count' | null;
}

/** Every address that can be explained. */
export function addressesOf(topology: Topology): string[] {
  return [
    ...topology.flows.map(({ name }) => `flow/${name}`),
    ...topology.components.map(({ name }) => `component/${name}`),
    ...causesOf(topology).map(({ address }) => address),
    ...topology.assumptions.map(({ name }) => `assumption/${name}`),
  ];
}

const causesOf = (topology: Topology): Cause[] => [...topology.causes, ...topology.components.flatMap(({ behaviour }) => behaviour.causes)];

/** Explains what an address names; undefined if it names nothing of the topology. */
export function explain(estimate: Estimate, address: string): Explanation | undefined {
  const { topology } = estimate;
  const [scope, name] = [address.split('/')[0], address.slice(address.indexOf('/') + 1)];
  const explainer = new Explainer(topology);
  const result = estimate.results.find(({ flow }) => scope === 'flow' && flow.name === name);
  if (result) return explainer.done(address, flowSections(result));
  const component = topology.components.find((candidate) => scope === 'component' && candidate.name === name);
  if (component) return explainer.done(address, componentSections(component, explainer, estimate));
  const cause = causesOf(topology).find((candidate) => candidate.address === address);
  if (cause) return explainer.done(address, [...causeSections(cause, explainer), contributions(estimate, address)]);
  const assumption = topology.assumptions.find((candidate) => scope === 'assumption' && candidate.name === name);
  if (assumption) return explainer.done(address, assumptionSections(assumption, estimate), [assumption.name]);
  return undefined;
}

type Sections = Explanation['sections'];

/** Evaluates quantities, and notes what they hang on. */
class Explainer {
  readonly #used = new Set<string>();
  readonly #values: ReadonlyMap<string, UsedAssumption>;

  constructor(topology: Topology) {
    this.#values = new Map(topology.assumptions.map((assumption) => [assumption.name, assumption]));
  }

  value(quantity: Quantity): number {
    for (const name of assumptionsOf(quantity)) this.#used.add(name);
    return evaluate(quantity, (name) => this.#values.get(name)!.value);
  }

  line(name: string, quantity: Quantity, unit: Line['unit']): Line {
    return { name, formula: typeof quantity === 'number' ? null : formulaText(quantity), value: this.value(quantity), unit };
  }

  done(address: string, sections: Sections, further: readonly string[] = []): Explanation {
    const names = [...new Set([...this.#used, ...further])].sort();
    return {
      address,
      sections: sections.filter(({ lines }) => lines.length > 0),
      assumptions: names.map((name) => this.#values.get(name)!),
    };
  }
}

function causeSections({ occurrence, caught }: Cause, explainer: Explainer): Sections {
  const length =
    occurrence.length === null
      ? []
      : [explainer.line(`mean length D (${occurrence.length.distribution})`, occurrence.length.mean, 'seconds')];
  const seldom = caught ? [explainer.line('chance to be caught in the first batch', caught.coverage, 'probability')] : [];
  if ('unavailability' in occurrence) {
    const q = explainer.line('share of time present q', occurrence.unavailability, 'probability');
    const starts = occurrence.length && {
      name: 'starts a calendar year',
      formula: 'q × year / D',
      value: ((q.value as number) * secondsPerYear) / explainer.value(occurrence.length.mean),
      unit: 'per year' as const,
    };
    return [{ title: 'How often and how long', lines: [q, ...length, ...(starts ? [starts] : []), ...seldom] }];
  }
  const rate = explainer.value(occurrence.perYear);
  const years = explainer.value(occurrence.length.mean) / secondsPerYear;
  const starts = rate / (1 + rate * years);
  return [
    {
      title: 'How often and how long',
      lines: [
        explainer.line('a year in which it is absent λ', occurrence.perYear, 'per year'),
        ...length,
        { name: 'starts a calendar year ν', formula: 'λ / (1 + λ × D / year)', value: starts, unit: 'per year' },
        { name: 'share of time present', formula: 'ν × D / year', value: starts * years, unit: 'probability' },
        ...seldom,
      ],
    },
  ];
}

function componentSections({ name, behaviour, settings, dependsOn }: Component, explainer: Explainer, estimate: Estimate): Sections {
  const check = (settings as { readonly healthCheck?: Partial<HealthCheck> }).healthCheck;
  const { balanced } = behaviour;
  return [
    ...behaviour.groups.map((group) => ({ title: `Group ${group.name}`, lines: groupLines(group, explainer) })),
    {
      title: 'Detection',
      lines: [
        ...(balanced ? [explainer.line('until a dead unit gets no more requests', balanced.detection, 'seconds')] : []),
        ...(isHealthCheck(check)
          ? [
              {
                name: 'its own check, expected',
                formula: `interval / 2 + (unhealthy - 1) × ${check.fromAnswer ? '(interval + timeout)' : 'interval'} + timeout`,
                value: expectedDetection(check),
                unit: 'seconds' as const,
              },
              {
                name: 'its own check, at worst',
                formula: check.fromAnswer ? 'unhealthy × (interval + timeout)' : 'unhealthy × interval + timeout',
                value: worstDetection(check),
                unit: 'seconds' as const,
              },
            ]
          : []),
      ],
    },
    ...behaviour.causes
      .filter(({ scope }, i, all) => scope !== 'unit' || all.findIndex((other) => other.scope === 'unit') === i)
      .map((cause) => ({
        title: cause.scope === 'unit' ? `Each unit, such as ${cause.address}` : cause.address,
        lines: causeSections(cause, explainer)[0]!.lines,
      })),
    {
      title: 'Depends on',
      lines: dependsOn.map(({ on, without }): Line => ({ name: on, formula: null, value: `without it ${without}`, unit: null })),
    },
    {
      title: 'Part of the downtime',
      lines: estimate.results.map(({ flow, contributions: { components } }) =>
        shareLine(flow.name, components.find(({ address }) => address === `component/${name}`)?.share ?? 0),
      ),
    },
  ];
}

const isHealthCheck = (check: Partial<HealthCheck> | undefined): check is HealthCheck =>
  typeof check?.intervalSeconds === 'number' && typeof check.timeoutSeconds === 'number' && typeof check.unhealthy === 'number';

function groupLines(group: Group, explainer: Explainer): Line[] {
  const units: Line = { name: 'units', formula: null, value: group.units.length, unit: 'count' };
  const without: Line = { name: 'the component without this group', formula: null, value: group.without, unit: null };
  if (group.form === 'promoted') {
    return [
      units,
      explainer.line('switch-over to another unit', group.switchOver, 'seconds'),
      explainer.line('chance that it works', group.coverage, 'probability'),
      explainer.line('otherwise, until a person has switched over', group.operator, 'seconds'),
      ...(group.catchUp === undefined
        ? []
        : [explainer.line('after its zone is back, until a unit has caught up and may be promoted', group.catchUp, 'seconds')]),
      without,
    ];
  }
  const { replacement } = group;
  return [
    units,
    { name: 'needed', formula: null, value: group.needs, unit: 'count' },
    ...(replacement ? [explainer.line('replacement of a unit', replacement.time, 'seconds')] : []),
    ...(replacement?.spare != null ? [explainer.line('chance of spare capacity in other zones', replacement.spare, 'probability')] : []),
    without,
  ];
}

function flowSections({
  flow,
  unavailability,
  requestFailure,
  outagesPerYear,
  meanOutageMinutes,
  cutSets,
  contributions: { causes },
  users,
  bound,
}: FlowEstimate): Sections {
  const hit = (name: string, formula: string, value: number): Line => ({ name, formula, value, unit: 'probability' });
  return [
    {
      title: 'Requires',
      lines: [
        ...flow.requires.map((name): Line => ({ name, formula: null, value: 'and all that it depends on', unit: null })),
        ...flow.atomic.map((name): Line => ({ name, formula: null, value: 'in one transaction: fully up', unit: null })),
      ],
    },
    {
      title: 'The number',
      lines: [
        {
          name: 'unavailability',
          formula: `probability that at least one cut set is present${bound === 0 ? ', exact' : ''}`,
          value: unavailability,
          unit: 'probability',
        },
        ...(bound === 0 ? [] : [hit('at most too large by', 'coincidences too rare to be followed count as down', bound)]),
        {
          name: 'outages a year w',
          formula: 'Σ over causes: ν × P(down with it at age 0, up without it)',
          value: outagesPerYear.value ?? outagesPerYear.because,
          unit: 'per year',
        },
        {
          name: 'mean outage',
          formula: 'unavailability × year / w',
          value: meanOutageMinutes.value === null ? meanOutageMinutes.because : meanOutageMinutes.value * 60,
          unit: 'seconds',
        },
        {
          name: 'failed requests',
          formula: '1 - E[product of the shares that required components serve]',
          value: requestFailure,
          unit: 'probability',
        },
        ...(users
          ? [
              hit('down for someone', 'P(what has no shards is down, or any shard is)', users.anyUser.unavailability),
              hit('down for everyone', 'P(what has no shards is down, or all shards of one component are)', users.allUsers.unavailability),
            ]
          : []),
      ],
    },
    {
      title: 'Most probable cut sets',
      lines: cutSets.slice(0, 10).map(({ events, unavailability: q }): Line => ({
        name: events
          .map(
            ({ address, youngerThanSeconds, overForLessThanSeconds, choice }) =>
              `${address}${youngerThanSeconds === null ? '' : ` (first ${youngerThanSeconds} s)`}${overForLessThanSeconds === null ? '' : ` (and ${overForLessThanSeconds} s after)`}${choice === null ? '' : `, ${choice}`}`,
          )
          .join(' and '),
        formula: null,
        value: q,
        unit: 'probability',
      })),
    },
    { title: 'Downtime that would vanish without', lines: causes.slice(0, 10).map(({ address, share }) => shareLine(address, share)) },
  ];
}

function assumptionSections({ name, value, unit, range }: UsedAssumption, { topology, results }: Estimate): Sections {
  const users = causesOf(topology).filter(({ occurrence }) => JSON.stringify(occurrence).includes(JSON.stringify({ assumption: name })));
  const components = topology.components.filter(({ behaviour }) =>
    JSON.stringify(behaviour).includes(JSON.stringify({ assumption: name })),
  );
  return [
    {
      title: 'The number',
      lines: [
        { name: 'value (median)', formula: null, value, unit },
        ...(range
          ? [
              { name: '5 % point', formula: null, value: range[0], unit },
              { name: '95 % point', formula: null, value: range[1], unit },
            ]
          : []),
      ],
    },
    {
      title: 'Where it counts',
      lines: [...new Set([...users.map(({ address }) => address), ...components.map((component) => `component/${component.name}`)])].map(
        (address): Line => ({ name: address, formula: null, value: null, unit: null }),
      ),
    },
    {
      title: 'Verdicts that turn within its range',
      lines: results.flatMap(({ flow, turns }) =>
        turns
          .filter(({ assumption }) => assumption.name === name)
          .map(({ at }): Line => ({ name: `target of ${flow.name} turns at`, formula: null, value: at, unit })),
      ),
    },
  ];
}

function contributions({ results }: Estimate, address: string): Sections[number] {
  return {
    title: 'Downtime that would vanish without it',
    lines: results.map(({ flow, contributions: { shares } }) => shareLine(flow.name, shares.get(address) ?? 0)),
  };
}

const shareLine = (name: string, share: number): Line => ({ name, formula: null, value: share, unit: 'share' });
