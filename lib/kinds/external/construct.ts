import type { Construct } from 'constructs';
import { ComponentConstruct, type ComponentProps } from '../../terraform/component-construct';
import { kind, type ExternalSettings } from './kind';

/** Settings of an external part as a spec would write them. */
export interface ExternalProps extends ComponentProps {
  /** As promised or measured, `99.95%`. @default - failuresPerYear says it */
  readonly availability?: string;
  /** Instead of availability: how often it fails. @default - availability says it */
  readonly failuresPerYear?: number;
  /** Mean length of its outages, `20m`. @default - unknown, and with it how often flows that need it are down */
  readonly meanOutage?: string;
  /** Where these figures are from, with a date. */
  readonly source: string;
  /** The port on which it is called. @default 443 */
  readonly port?: number;
}

/**
 * What we do not build: no resources of its own, but those who depend on it may call it through the NAT gateways, and its outages count.
 * @example new External(stack, 'bank', { network, availability: '99.9%', meanOutage: '30m', source: 'Contract, 2026-03-01' })
 */
export class External extends ComponentConstruct<ExternalSettings> {
  constructor(scope: Construct, name: string, props: ExternalProps) {
    super(scope, name, kind, props);
  }
}
