import type { Diagram, Segment } from './diagram';

/**
 * Probability of every node, children first (Rauzy 1993, by Shannon's expansion). All terms are positive, so the relative error stays near that of the
 * inputs. `states` holds the probabilities of exact states; those of modules are filled in here, both sides from their own sums where the module is
 * likely, so that its complement is no difference of near equals.
 */
export const evaluate = (diagram: Diagram, states: Float64Array, nodes: Float64Array): void => {
  for (const segment of diagram.segments) {
    if (segment.event < 0) {
      sweepUp(diagram, segment, states, nodes, 0, 1);
      continue;
    }
    const at = diagram.stateOffsets[segment.event]!;
    sweepUp(diagram, segment, states, nodes, 0, 1);
    const likely = nodes[segment.root]!;
    let complement = 1 - likely;
    if (likely > 0.5) {
      sweepUp(diagram, segment, states, nodes, 1, 0);
      complement = nodes[segment.root]!;
      sweepUp(diagram, segment, states, nodes, 0, 1);
    }
    states[at] = complement;
    states[at + 1] = likely;
  }
};

const sweepUp = (diagram: Diagram, segment: Segment, states: Float64Array, nodes: Float64Array, zero: number, one: number): void => {
  const { nodeEvents, nodeStarts, children, stateOffsets } = diagram;
  nodes[0] = zero;
  nodes[1] = one;
  for (let node = segment.start; node < segment.end; node++) {
    let state = stateOffsets[nodeEvents[node]!]!;
    let child = nodeStarts[node]!;
    const last = nodeStarts[node + 1]!;
    let sum = states[state]! * nodes[children[child]!]!;
    for (child++, state++; child < last; child++, state++) sum += states[state]! * nodes[children[child]!]!;
    nodes[node] = sum;
  }
};
