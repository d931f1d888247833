import { hasErrors } from '../../lib/diagnostics/diagnostic';
import { resolve } from '../../lib/resolve/resolve';
import type { Plain } from '../../lib/topology/plain';
import { randomSpec } from '../random-specs/random-spec';
import { exampleFiles, settingsIn, topologyFiles, withoutFlows } from '../specs';
import { stackOf } from '../synthesized';
import type { StackJson } from '../terraform/stack-json';
import { growthsOf } from './changes';

/** What would make AWS replace a resource, or let two of them meet: by address, what names it and where it lies. */
function identitiesOf({ resource = {} }: StackJson): Map<string, string> {
  // A subnet stays in its zone; a reader of a database may find a better one when there are more.
  const fixed = [
    'name',
    'identifier',
    'cluster_identifier',
    'replication_group_id',
    'cidr_block',
    'bucket_prefix',
    'name_prefix',
    'domain',
  ];
  return new Map(
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.entries(byName).map(
        ([id, args]) =>
          [
            `${type}.${id}`,
            JSON.stringify(
              [...fixed, ...(type === 'aws_subnet' ? ['availability_zone'] : [])].flatMap((key) =>
                typeof args[key] === 'string' ? [[key, args[key]]] : [],
              ),
            ),
          ] as const,
      ),
    ),
  );
}

/** undefined: the change makes a spec that is refused. */
function tryIdentities(settings: Plain): Map<string, string> | undefined {
  const { topology, diagnostics } = resolve(withoutFlows(settings));
  return topology && !hasErrors(diagnostics) ? identitiesOf(stackOf(topology).json) : undefined;
}

/** Tries every growth of a spec; how many of them are valid specs. */
function grow(settings: Plain): number {
  let tried = 0;
  const known = new Map<Plain, ReturnType<typeof tryIdentities>>([[settings, tryIdentities(settings)]]);
  const identities = (given: Plain) => (known.has(given) ? known.get(given) : tryIdentities(given));
  for (const { what, before, after } of growthsOf(settings)) {
    const [was, is] = [identities(before), identities(after)];
    if (!was || !is) continue;
    tried += 1;
    const moved = [...was].filter(([address, identity]) => is.get(address) !== identity);
    expect({ what, moved }).toEqual({ what, moved: [] });
  }
  return tried;
}

test.each([...topologyFiles, ...exampleFiles])('what grows in %s leaves all else where it is and named as it was', (file) => {
  expect(grow(settingsIn(file))).toBeGreaterThan(0);
});

test('what grows in random specs leaves all else where it is and named as it was', () => {
  let tried = 0;
  for (let seed = 0; seed < 12; seed++) tried += grow(randomSpec(seed));
  expect(tried).toBeGreaterThan(40);
});
