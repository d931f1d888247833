import { simulate } from '../../lib/simulation/simulate';
import type { Simulation } from '../../lib/simulation/summary';
import type { Topology } from '../../lib/topology/topology';

export const batches = 40;

/** Where the 95 % interval should end: 5 % from the value. */
const wanted = 0.045;

/** Simulates as long as it takes for intervals of ±5 %, as far as a short run of other random numbers can tell, within bounds. */
export function simulatedWell(topology: Topology, seed: number, most: number): Simulation {
  const pilot = simulate(topology, { seed: seed + 1_000_000, cycles: 2000, chunks: 20 });
  const widest = Math.max(
    ...pilot.flows.flatMap(({ unavailability, outagesPerYear, requestFailure, degraded }) =>
      [unavailability, outagesPerYear, requestFailure, degraded].map((m) => (m && m.value > 0 ? (m.high - m.value) / m.value : 0)),
    ),
  );
  const cycles = Math.min(most, Math.max(6000, 2000 * (widest / wanted) ** 2));
  return simulate(topology, { seed, cycles, chunks: batches });
}
