// Made by `npm run generate` from the folders of lib/kinds. Not to be edited.
import type { Kind } from '../topology/kind';

/** Every kind, sorted by name. */
export const kinds = [] as unknown as readonly Kind[];
