import { didYouMean } from './did-you-mean';

/** User text as a message shows it: quoted, with control characters escaped, and cut where it is long. */
export function quote(text: unknown): string {
  const quoted = typeof text === 'string' ? JSON.stringify(text) : (JSON.stringify(text) ?? String(text));
  return quoted.length <= 80 ? quoted : `${quoted.slice(0, 76)}…${quoted.startsWith('"') ? '"' : ''}`;
}

/** A list as a sentence has it, cut where it is long. */
export function listed(names: Iterable<string>, most = 12): string {
  const all = [...names];
  return all.length <= most ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${all.length - most} more`;
}

/**
 * The way out of an unknown name: the one that was probably meant, or those that there are.
 * @example instead('queu', ['cache', 'queue'], 'Kinds') // => 'Did you mean "queue"? Kinds: cache, queue.'
 */
export function instead(given: string, known: Iterable<string>, heading: string): string {
  const names = [...known];
  const meant = didYouMean(given, names);
  return [
    meant === undefined ? '' : `Did you mean ${quote(meant)}?`,
    names.length > 0 ? `${heading}: ${listed(names)}.` : `${heading}: none.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
