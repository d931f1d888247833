import { randomSpec } from '../random-specs/random-spec';
import { exampleFiles, settingsIn, topologyFiles, topologyOf, withoutFlows } from '../specs';
import { stackOf } from '../synthesized';
import type { StackJson } from '../terraform/stack-json';
import { allowedBy } from './allowed';

/** The rules of synthesized security groups in the words of `allowedBy`. */
function written({ resource = {} }: StackJson): string[] {
  const nameOf = (reference: unknown) => {
    const id = /^\$\{aws_security_group\.([^.]+)\.id\}$/.exec(String(reference))?.[1];
    if (id === undefined) throw new Error(`it is not known which group ${String(reference)} is`);
    return id.replace(/_security-group$/, '');
  };
  const rulesOf = (type: string, arrow: string) =>
    Object.values(resource[type] ?? {}).map((rule) => {
      expect(rule.ip_protocol).toBe('tcp');
      expect(rule.from_port).toBe(rule.to_port);
      const other = rule.cidr_ipv4 === '0.0.0.0/0' ? 'internet' : nameOf(rule.referenced_security_group_id);
      return `${nameOf(rule.security_group_id)} ${arrow} ${other}:${String(rule.from_port)}`;
    });
  return [...rulesOf('aws_vpc_security_group_egress_rule', '->'), ...rulesOf('aws_vpc_security_group_ingress_rule', '<-')].sort();
}

test.each([...topologyFiles, ...exampleFiles])('security groups of %s allow exactly its dependencies', (file) => {
  const topology = topologyOf(settingsIn(file));
  const { json } = stackOf(topology);
  expect(written(json)).toEqual(allowedBy(topology));
});

test('security groups of random specs allow exactly their dependencies', () => {
  for (let seed = 0; seed < 20; seed++) {
    const topology = topologyOf(withoutFlows(randomSpec(seed)));
    const { json } = stackOf(topology);
    expect({ seed, rules: written(json) }).toEqual({ seed, rules: allowedBy(topology) });
  }
});
