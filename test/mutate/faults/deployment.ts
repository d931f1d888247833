import type { Fault } from '../fault';

/** What would make a deployment something else than what was reviewed, or a second one a change. */
export const deploymentFaults: readonly Fault[] = [
  {
    name: 'a construct that forgets multi_az, as it is deployed',
    file: 'lib/kinds/database/instance-resources.ts',
    anchor: "multiAz: form === 'multi-az-instance',",
    replacement: '',
    test: { file: 'test/read-back/read-back.test.ts', name: 'the Terraform of topologies/orders.yaml has exactly the units' },
  },
  {
    name: 'a launch template that is another one at every synthesis',
    file: 'lib/kinds/instances/construct.ts',
    anchor: 'updateDefaultVersion: true,',
    replacement: 'updateDefaultVersion: true,\n      description: `made at ${performance.now()}`,',
    test: { file: 'test/stable/twice.test.ts', name: 'a moment later and in another order' },
  },
  {
    name: 'a physical name that counts what was made before',
    file: 'lib/terraform/network.ts',
    anchor: 'return `${this.prefix}${part}`;',
    replacement: 'return `${this.prefix}${this.members.length}-${part}`;',
    test: { file: 'test/stable/stable.test.ts', name: 'what grows in topologies/orders.yaml leaves all else' },
  },
  {
    name: 'Terraform takes back the zones that AWS has added to a cluster',
    file: 'lib/kinds/database/cluster-resources.ts',
    anchor: "lifecycle: { ignoreChanges: ['availability_zones'] },",
    replacement: '',
    test: { file: 'lib/kinds/database/construct.test.ts', name: 'what AWS moves is not taken back' },
  },
  {
    name: 'a security group that blocks a dependency',
    file: 'lib/terraform/connections.ts',
    anchor: 'const rule = { ...tcp(port), description };',
    replacement: 'const rule = { ...tcp(port + 1), description };',
    test: {
      file: 'test/security-groups/security-groups.test.ts',
      name: 'security groups of topologies/orders.yaml allow exactly its dependencies',
    },
  },
  {
    name: 'a balancer that everybody may use where only services should',
    file: 'lib/kinds/load-balancer/construct.ts',
    anchor: "if (scheme === 'internet-facing') for (const open",
    replacement: 'for (const open',
    test: {
      file: 'test/security-groups/security-groups.test.ts',
      name: 'security groups of topologies/orders.yaml allow exactly its dependencies',
    },
  },
  {
    name: 'a rename after which AWS has to call a queue otherwise',
    file: 'lib/terraform/component-construct.ts',
    anchor: 'return this.props.was ?? this.name;',
    replacement: 'return this.name;',
    test: { file: 'test/data-stores/refused.test.ts', name: 'a queue renamed with `was`' },
  },
];
