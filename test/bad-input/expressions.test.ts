import type { Plain, PlainValue } from '../../lib/topology/plain';
import { randomSpec } from '../random-specs/random-spec';
import { topologyOf } from '../specs';
import { stackOf } from '../synthesized';

const bomb = '${file("/etc/passwd")} %{ if true }';

/** Free texts of a spec that people read and Terraform must not. */
const texts = new Set(['source', 'reason', 'deletable', 'withoutAccessLogs', 'withoutLastSnapshot', 'upgrade', 'userData']);

/** The same settings with every free text turned into an expression of Terraform; what is said past the model is meant for Terraform and stays. */
function armed(value: PlainValue, key = ''): PlainValue {
  if (typeof value === 'string') return texts.has(key) ? bomb : value;
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map((item) => armed(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value as Plain).map(([name, part]) => [name, armed(part, name)]));
}

test('no free text of a spec reaches Terraform as an expression', () => {
  let armedTexts = 0;
  for (let seed = 0; seed < 12; seed++) {
    const settings = armed(randomSpec(seed)) as Plain;
    armedTexts += JSON.stringify(settings).split('/etc/passwd').length - 1;
    const { json } = stackOf(topologyOf(settings));
    expect(JSON.stringify(json).replaceAll('$${', '')).not.toContain('${file(');
  }
  expect(armedTexts).toBeGreaterThan(15);
});
