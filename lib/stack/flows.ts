import { Annotations, App, Lazy, TerraformOutput, TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import { Construct } from 'constructs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DiagnosticsError, hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { resolve, type Resolution } from '../resolve/resolve';
import type { FlowSpec } from '../resolve/spec';
import { ComponentConstruct } from '../terraform/component-construct';
import { named } from '../terraform/names';
import type { Network } from '../terraform/network';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';
import { earlierIn, lossesOf } from './earlier';
import { settingsOf, type TopLevelSettings } from './settings-of';
import { topologyFile, topologyText } from './topology-file';
import { verdictOf, type Verdict } from './verdict';

/**
 * The context of an app (`context` in `cdktf.json`) that names the output folder of what is deployed, where that is not the app's own. The app that
 * synthesizes specs has compared them itself.
 */
export const baselineContext = 'nines:baseline';
export const judged = Symbol('judged');

/** Flows by name, as a spec writes them. */
export type FlowsProps = Readonly<Record<string, FlowSpec>>;

/**
 * The journeys of users through the components of a stack, with their targets. Synthesis fails, and writes nothing, while a target is missed.
 * @example new Flows(stack, 'flows', { checkout: { requires: ['front'], target: { availability: '99.9%' } } })
 */
export class Flows extends Construct {
  private judged: { readonly text: string; readonly verdict: Verdict } | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly flows: FlowsProps,
    private readonly topLevel: TopLevelSettings = {},
  ) {
    super(scope, id);
    // cdktf validates and writes stack by stack: the first stack's validation judges all, so that none is written if one is wrong.
    this.node.addValidation({ validate: () => (this === allOf(this)[0] ? allOf(this).flatMap((flows) => flows.problems()) : []) });
    if (Object.keys(flows).length > 0) {
      const description = 'How available each flow is estimated to be';
      // Components may still be added; what is wrong with them is said by the validation.
      const value = Lazy.anyValue({ produce: () => (this.resolved().topology ? this.verdict().lines : null) });
      named(new TerraformOutput(this, 'estimate', { description, value }), 'estimate');
    }
    addCustomSynthesis(this, {
      onSynthesize: (session) => {
        const { workingDirectory } = session.manifest.forStack(TerraformStack.of(this));
        const file = join(session.outdir, workingDirectory, topologyFile);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, topologyText(this.topology()));
      },
    });
  }

  /** The topology of the stack; throws what is wrong with it. */
  topology(): Topology {
    const { topology, diagnostics } = this.resolved();
    if (!topology) throw new DiagnosticsError(diagnostics.filter((diagnostic) => hasErrors([diagnostic])));
    return topology;
  }

  /** The estimate of the stack against its targets. */
  verdict(): Verdict {
    const topology = this.topology();
    const text = topologyText(topology);
    // Asked for by the validation, the output and the app that judges all stacks before it writes one.
    if (this.judged?.text !== text) this.judged = { text, verdict: verdictOf(topology) };
    return this.judged.verdict;
  }

  private resolved(): Resolution {
    return resolve(settingsOf(this.network(), this.flows as unknown as Plain, this.topLevel));
  }

  private network(): Network {
    const networks = new Set(
      TerraformStack.of(this)
        .node.findAll()
        .flatMap((node) => (node instanceof ComponentConstruct ? [node.network] : [])),
    );
    const [network, another] = networks;
    if (!network || another)
      throw new RangeError(`flows need the components of one network in their stack, found those of ${networks.size}`);
    return network;
  }

  /** What the last version in the output folder holds and this one would destroy. */
  private losses(topology: Topology): Diagnostic[] {
    const baseline: unknown = this.node.tryGetContext(baselineContext);
    if (baseline === judged) return [];
    const stack = TerraformStack.of(this);
    const folder = join(typeof baseline === 'string' ? baseline : App.of(this).outdir, 'stacks', stack.node.id);
    return lossesOf(stack, topology, earlierIn(folder), folder);
  }

  private problems(): string[] {
    const { topology, diagnostics } = this.resolved();
    const { missed, tolerated } = topology ? this.verdict() : { missed: [], tolerated: [] };
    const found = [...diagnostics, ...missed, ...tolerated, ...(topology ? this.losses(topology) : [])];
    const stack = TerraformStack.of(this).node.id;
    for (const warning of found.filter((it) => it.severity === 'warning')) Annotations.of(this).addWarning(textOf(warning));
    return found.filter((it) => it.severity === 'error').map((problem) => `${stack}: ${textOf(problem)}`);
  }
}

function textOf({ summary, code, detail, path }: Diagnostic): string {
  return `${summary} [${code}]${path?.length ? ` at ${path.join('.')}` : ''}: ${detail}`;
}

/** The flows of all stacks of an app, in order. */
function allOf(flows: Flows): Flows[] {
  return App.of(flows)
    .node.findAll()
    .filter((node) => node instanceof Flows);
}
