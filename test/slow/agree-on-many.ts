import { resolved } from '../agreement/compare';
import { agreementOf, beyondChance, seeds } from '../agreement/agree';

/** Random topologies of each seed; three seeds make hundreds. */
const topologies = 50;

/** The test of one seed. */
export function agreeOnMany(which: 0 | 1 | 2): void {
  test(`${topologies} random topologies agree beyond what chance explains: seed ${seeds[which]}`, () => {
    const agreement = agreementOf(seeds[which], topologies, 40_000);
    expect(beyondChance(agreement)).toEqual([]);
    // Rare double failures included, nearly everything is simulated closely enough to judge.
    expect(agreement.comparisons.filter(resolved).length).toBeGreaterThanOrEqual(0.75 * agreement.comparisons.length);
    expect(agreement.comparisons.length).toBeGreaterThan(4 * topologies);
  });
}
