import type { Explanation } from '../estimate/explain';
import type { Tool } from './estimate';

/** The result of `nines explain`. */
export interface ExplainDocument extends Explanation {
  readonly version: 1;
  readonly tool: Tool;
  readonly topology: string;
}

/** @example explainDocument(tool, 'orders', explain(estimate, 'flow/checkout')!).sections[0].title // => 'Requires' */
export function explainDocument(tool: Tool, topology: string, explanation: Explanation): ExplainDocument {
  return { version: 1, tool, topology, ...explanation };
}
