import { error, type Diagnostic } from '../diagnostics/diagnostic';
import { instead, quote } from '../diagnostics/way-out';
import type { Plain } from '../topology/plain';
import type { Region } from '../topology/topology';
import { awsRegions } from './aws-regions';
import { checkRanges } from './ranges';
import { entriesOf, type Readable } from './readable';
import type { RegionSpec } from './spec';

/** The regions of a spec as far as they can be read, and what is wrong with them. */
export function readRegions(
  settings: Plain,
  readable: Readable,
): { readonly found: readonly Region[]; readonly diagnostics: readonly Diagnostic[] } {
  const written = entriesOf(settings.regions);
  if (written.length === 0) return { found: [], diagnostics: readable(['regions']) ? [none()] : [] };
  // Where the schema has refused another setting of a region, that one is not judged again.
  const found = written
    .filter(([name]) => readable(['regions', name, 'zones']) && !readable.refused(['regions', name]))
    .map(([name, value]) => regionOf(name, readable.of(value as Plain, ['regions', name]) as unknown as Partial<RegionSpec>));
  const ranged = found.filter(({ name }) => readable(['regions', name, 'cidr']));
  return { found, diagnostics: [...several(found), ...found.flatMap(checkRegion), ...checkRanges(ranged)] };
}

function regionOf(name: string, { zones = [], cidr = '', nat = 'per-zone' }: Partial<RegionSpec>): Region {
  return { name, zones, cidr, nat };
}

function none(): Diagnostic {
  return error(
    'spec/no-region',
    'No region',
    'A topology needs a region to live in. Add one under `regions`, such as ' +
      'us-east-1: { zones: [us-east-1a, us-east-1b, us-east-1c], cidr: 10.20.0.0/16 }.',
    { path: ['regions'], atKey: true },
  );
}

function several(regions: readonly Region[]): Diagnostic[] {
  return regions
    .slice(1)
    .map(({ name }) =>
      error(
        'spec/several-regions',
        'More than one region',
        `This version builds and estimates one region per spec, and ${quote(name)} is a further one. Keep the region that serves the users, and write ` +
          'another spec for the other.',
        { path: ['regions', name], atKey: true, address: `region/${name}` },
      ),
    );
}

function checkRegion({ name, zones }: Region): Diagnostic[] {
  const path = ['regions', name];
  if (!awsRegions.includes(name)) {
    return [
      error('spec/unknown-region', 'Unknown region', `AWS has no region ${quote(name)}. ${instead(name, awsRegions, 'Regions')}`, {
        path,
        atKey: true,
      }),
    ];
  }
  if (zones.length === 0) {
    return [
      error('spec/no-zone', 'Region without zones', `Name the zones of ${name} to use, such as [${name}a, ${name}b, ${name}c].`, {
        path: [...path, 'zones'],
      }),
    ];
  }
  return zones.flatMap((zone, i) => {
    const where = { path: [...path, 'zones', i], address: `zone/${name}/${zone}` };
    if (zones.indexOf(zone) < i)
      return [error('spec/duplicate-zone', 'Zone named twice', `${quote(zone)} is in the list twice. Remove one.`, where)];
    if (zone.startsWith(name) && /^[a-h]$/.test(zone.slice(name.length))) return [];
    const letter = /^.*?([a-h])$/.exec(zone)?.[1] ?? 'a';
    return [
      error(
        'spec/unknown-zone',
        'Zone of another region',
        `${quote(zone)} is no zone of ${name}: its zones are named ${name}a to ${name}h. Did you mean ${quote(name + letter)}?`,
        where,
      ),
    ];
  });
}
