import type { Assumption } from '../../assumptions/assumption';

/** None by default: what we don't build is as available as its component's settings state (see `stated` in kind.ts). */
export const assumptions: readonly Assumption[] = [];
