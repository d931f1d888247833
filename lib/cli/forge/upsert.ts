import type { Forge, ForgeComment } from './forge';
import { ForgeError } from './request';

/** The hidden first line by which our comment is found again; several comments of one request have different keys. */
export const markerOf = (key: string) => `<!-- nines ${key.replace(/[^A-Za-z0-9._/-]/g, '-').replaceAll('--', '-')} -->`;

const marked = (comments: readonly ForgeComment[], marker: string) =>
  comments.filter(({ body }) => body.startsWith(marker)).sort((a, b) => a.id - b.id);

export type Upserted = 'created' | 'updated' | 'unchanged' | 'nothing to say';

/**
 * Posts the comment or updates the one that is there. Two jobs that post at once both see both comments afterwards; the younger one is taken back, so
 * that one stays.
 */
export async function upsert(
  forge: Forge,
  comment: { readonly key: string; readonly markdown: string; readonly quiet: boolean },
): Promise<Upserted> {
  const marker = markerOf(comment.key);
  const body = cut(`${marker}\n${comment.markdown}`, forge.limit);
  for (const found of marked(await forge.list(), marker)) {
    if (found.body === body) return 'unchanged';
    if (await tryUpdate(forge, found.id, body)) return 'updated';
  }
  if (comment.quiet) return 'nothing to say';
  const created = await forge.create(body);
  const oldest = marked(await forge.list(), marker)[0];
  if (oldest !== undefined && oldest.id < created.id && (await tryUpdate(forge, oldest.id, body))) {
    await forge.remove(created.id);
    return 'updated';
  }
  return 'created';
}

/** False where the comment is gone, or is somebody else's who copied our marker. */
async function tryUpdate(forge: Forge, id: number, body: string): Promise<boolean> {
  try {
    await forge.update(id, body);
    return true;
  } catch (cause) {
    if (cause instanceof ForgeError && (cause.status === 404 || cause.status === 403)) return false;
    throw cause;
  }
}

/** Keeps the beginning, which holds the verdict, and says that the rest is missing. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const note = '\n\n</details>\n\n*This comment was cut: it is longer than a comment may be. `nines diff` shows the whole of it.*\n';
  const kept = text.slice(0, limit - note.length);
  const lines = kept.slice(0, kept.lastIndexOf('\n'));
  const open = (lines.match(/<details>/g)?.length ?? 0) - (lines.match(/<\/details>/g)?.length ?? 0);
  return lines + (open > 0 ? note : note.replace('\n\n</details>', ''));
}
