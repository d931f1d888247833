import { Annotations, App, TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import { Construct } from 'constructs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DiagnosticsError, hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { resolve, type Resolution } from '../resolve/resolve';
import type { FlowSpec } from '../resolve/spec';
import { ComponentConstruct } from '../terraform/component-construct';
import type { Network } from '../terraform/network';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';
import { settingsOf, type TopLevelSettings } from './settings-of';
import { topologyFile, topologyText } from './topology-file';

/** Flows by name, as a spec writes them. */
export type FlowsProps = Readonly<Record<string, FlowSpec>>;

/**
 * The journeys of users through the components of a stack, with their targets. Synthesis fails, and writes nothing, while a target is missed.
 * @example new Flows(stack, 'flows', { checkout: { requires: ['front'], target: { availability: '99.9%' } } })
 */
export class Flows extends Construct {
  private resolution: Resolution | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly flows: FlowsProps,
    private readonly topLevel: TopLevelSettings = {},
  ) {
    super(scope, id);
    // cdktf validates and writes stack by stack: the first stack's validation judges all, so that none is written if one is wrong.
    this.node.addValidation({ validate: () => (this === allOf(this)[0] ? allOf(this).flatMap((flows) => flows.problems()) : []) });
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

  private resolved(): Resolution {
    // Components may be added until synthesis; the last look is the one that counts.
    this.resolution = resolve(settingsOf(this.network(), this.flows as unknown as Plain, this.topLevel));
    return this.resolution;
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

  private problems(): string[] {
    const { diagnostics } = this.resolved();
    const stack = TerraformStack.of(this).node.id;
    for (const warning of diagnostics.filter((diagnostic) => diagnostic.severity === 'warning'))
      Annotations.of(this).addWarning(textOf(warning));
    return diagnostics.filter((diagnostic) => hasErrors([diagnostic])).map((problem) => `${stack}: ${textOf(problem)}`);
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
