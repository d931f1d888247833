import { didYouMean } from '../diagnostics/did-you-mean';
import type { OpenPsaSource } from './open-psa-source';

/** A definition and the containers that it stands in, joined by dots. */
export interface Definition {
  readonly name: string;
  readonly base: string;
  readonly element: number;
}

/**
 * Definitions of one sort by name. As the exchange format says: a private one is known inside its container, or by its whole path; a public one
 * everywhere.
 */
export class Names<T extends Definition> {
  readonly #public = new Map<string, T>();
  /** By whole path; empty in nearly every model, and then no path is put together. */
  readonly #private = new Map<string, T>();
  #paths: Map<string, T> | undefined;
  readonly all: T[] = [];

  constructor(readonly what: string) {}

  /** Adds a definition; says whether the name was free. */
  add(source: OpenPsaSource, definition: T, isPrivate: boolean): boolean {
    const names = isPrivate ? this.#private : this.#public;
    const key = isPrivate ? pathOf(definition) : definition.name;
    const first = names.get(key);
    if (first !== undefined) {
      source.error(
        'defined-twice',
        'A name is defined twice',
        `The ${this.what} "${definition.name}" is defined a second time; the first definition is in line ${source.range(first.element).start.line}. Rename one of them.`,
        definition.element,
      );
      return false;
    }
    names.set(key, definition);
    this.all.push(definition);
    return true;
  }

  /** What a reference in a container means. */
  tryFind(reference: string, base: string): T | undefined {
    if (this.#private.size > 0) {
      for (let inside = base; inside !== ''; inside = inside.slice(0, Math.max(0, inside.lastIndexOf('.')))) {
        const found = this.#private.get(`${inside}.${reference}`);
        if (found !== undefined) return found;
      }
    }
    const found = this.#public.get(reference);
    if (found !== undefined || !reference.includes('.')) return found;
    this.#paths ??= new Map(this.all.map((definition) => [pathOf(definition), definition]));
    return this.#paths.get(reference);
  }

  /** A hint at a name that is like the one that was not found. */
  hint(reference: string): string {
    const meant = didYouMean(
      reference,
      this.all.map((definition) => definition.name),
    );
    return meant === undefined ? '' : ` Did you mean "${meant}"?`;
  }
}

function pathOf({ base, name }: Definition): string {
  return base === '' ? name : `${base}.${name}`;
}
