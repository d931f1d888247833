import { error, warning, type Diagnostic } from '../diagnostics/diagnostic';
import { estimateDocument } from '../document/estimate';
import { estimate, type Estimate } from '../estimate/estimate';
import type { Topology } from '../topology/topology';
import { topologyView } from '../view/estimate';

/** What the estimate of a topology means for its stack. */
export interface Verdict {
  /** A line for each flow: the Terraform output of the stack. */
  readonly lines: Readonly<Record<string, string>>;
  /** Enforced targets that are missed: they stop synthesis. */
  readonly missed: readonly Diagnostic[];
  /** Missed targets that the spec does not enforce. */
  readonly tolerated: readonly Diagnostic[];
}

// Targets are judged at nominal values: the interval is not asked for here, and most of an estimate's time is its samples.
const nominal = { samples: 16, cutSets: 1, users: false };

/** Estimates a topology and judges the targets of its flows. */
export function verdictOf(topology: Topology): Verdict {
  if (topology.flows.length === 0) return { lines: {}, missed: [], tolerated: [] };
  const found = estimate(topology, nominal);
  const words = wordsOf(found);
  const missed = found.results.filter(({ target }) => target && !target.met);
  const of = (enforce: boolean) => missed.filter(({ flow }) => flow.target?.enforce === enforce).map(({ flow }) => flow.name);
  return {
    lines: Object.fromEntries([...words].map(([flow, { line }]) => [flow, line])),
    missed: of(true).map((flow) => missedText(error, flow, words.get(flow)!.reason)),
    tolerated: of(false).map((flow) => missedText(warning, flow, words.get(flow)!.reason)),
  };
}

interface Words {
  readonly line: string;
  readonly reason: string;
}

function wordsOf(found: Estimate): Map<string, Words> {
  return new Map(
    found.results.map(({ flow, target }) => {
      // One flow at a time, so that causes and advice are its own.
      const single = { ...found, results: found.results.filter((result) => result.flow === flow) };
      const document = estimateDocument({ tool: { nines: '', assumptions: '' }, topologies: [{ estimate: single, source: null }] });
      const { flows, causes, advice } = topologyView(document.topologies[0]!);
      const { available, down, target: wanted } = flows[0]!;
      const verdict = target ? `; target ${wanted} ${target.met ? 'met' : 'missed'}` : '';
      const most = causes.slice(0, 3).map(({ name, shares }) => `${name} (${shares.join()})`);
      const reason = [
        `In ${found.topology.name}, ${flow.name} is ${available} available, down for ${down} a year, and ${wanted} is wanted.`,
        ...(most.length > 0 ? [`Most of it comes from ${most.join(', ')}.`] : []),
        ...advice.slice(0, 1),
      ].join(' ');
      return [flow.name, { line: `${available} available, down for ${down} a year${verdict}`, reason }] as const;
    }),
  );
}

function missedText(diagnostic: typeof error, flow: string, reason: string): Diagnostic {
  const enforced = diagnostic === error;
  const wayOut = enforced ? ' To build it all the same, write `enforce: false` in the target.' : '';
  return diagnostic('stack/target-missed', enforced ? 'An enforced target is missed' : 'A target is missed', `${reason}${wayOut}`, {
    path: ['flows', flow, 'target'],
    address: `flow/${flow}`,
  });
}
