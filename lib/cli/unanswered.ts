import type { Diagnostic } from '../diagnostics/diagnostic';
import { checkDocument } from '../document/check';
import { estimateDocument } from '../document/estimate';
import { tool } from './tool';

/** What `--format json` prints where a command could not answer at all: why, in the shape of its documents. */
export function unanswered(command: string, diagnostics: readonly Diagnostic[]): object {
  if (command === 'solve') return { version: 1, model: null, diagnostics };
  const document = estimateDocument({ tool: tool(), topologies: [], diagnostics });
  return command === 'check' ? checkDocument(document, [], { unread: true }) : document;
}

/** Whether JSON was to go to standard output. */
export function wantsJson(args: readonly string[]): boolean {
  return args.some((arg, i) => arg === '--format=json' || (arg === 'json' && args[i - 1] === '--format'));
}
