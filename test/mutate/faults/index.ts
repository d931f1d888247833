import type { Fault } from '../fault';
import { constructFaults } from './constructs';
import { deploymentFaults } from './deployment';
import { derivationFaults } from './derivation';
import { descriptionFaults } from './descriptions';
import { kernelFaults } from './kernel';
import { lossFaults } from './losses';
import { simulationFaults } from './simulation';

/** All faults that `npm run mutate` plants. */
export const faults: readonly Fault[] = [
  ...constructFaults,
  ...descriptionFaults,
  ...derivationFaults,
  ...kernelFaults,
  ...simulationFaults,
  ...deploymentFaults,
  ...lossFaults,
];
