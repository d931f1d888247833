import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What is known of one tree of the benchmark. */
export interface AraliaReference {
  readonly probability?: string | null;
  readonly minimal_cut_sets?: string;
  readonly by_order?: readonly string[];
  readonly peer_probability_wall_s?: number | string;
}

/** Where the Aralia fault trees are: `NINES_ARALIA` if it is set, else beside the repository's folder. */
export const araliaFolder = (): string | undefined => {
  const { NINES_ARALIA: given } = process.env;
  const folders = given ? [given] : [resolve(__dirname, '../../../shared/aralia'), resolve(__dirname, '../../../../shared/aralia')];
  return folders.find((folder) => existsSync(join(folder, 'reference.json')));
};

/** The reference of every tree, by name. */
export const araliaReferences = (folder: string): Record<string, AraliaReference | null> =>
  JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')) as Record<string, AraliaReference | null>;

/** Counts them as left out, and says so. */
export const leaveOut = (why: string): void => {
  process.stderr.write(`LEFT OUT: the Aralia fault trees (${why})\n`);
  test.skip('the Aralia fault trees have the probabilities and the cut sets of their reference', () => {});
};
