import { error, warning, type Diagnostic } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import { aligned, contains, formatCidr, overlap, tryParseCidr, type Cidr } from './cidr';

/** RFC 1918, and RFC 6598 which AWS allows as well. */
const privateRanges = [range(10, 0, 8), range(172, 16, 12), range(192, 168, 16), range(100, 64, 10)];

/** Ranges that no host can have: RFC 1122 "this network" and loopback, link-local, multicast and reserved. */
const unusableRanges = [range(0, 0, 8), range(127, 0, 8), range(169, 254, 16), range(224, 0, 3)];

/** AWS allows /16 to /28 for a network and at least /28 for a subnet; 24 subnets in slots of 1/32 leave /23. */
const [widest, narrowest] = [16, 23];

/** By its first two numbers: parsing them takes a noticeable part of a start. */
function range(first: number, second: number, length: number): Cidr {
  return { base: first * 2 ** 24 + second * 2 ** 16, length };
}

/** The address range of a region, as it is written. */
interface Range {
  readonly name: string;
  readonly cidr: string;
}

/** What is wrong with the address ranges of regions. */
export function checkRanges(ranges: readonly Range[]): Diagnostic[] {
  return [...ranges.flatMap(checkRange), ...overlapping(ranges)];
}

function checkRange({ name, cidr: text }: Range): Diagnostic[] {
  const where = { path: ['regions', name, 'cidr'], address: `region/${name}` };
  const cidr = tryParseCidr(text);
  if (!cidr) {
    return [
      error(
        'spec/cidr',
        'Not an address range',
        `${quote(text)} is no IPv4 range. Write a network and its length, such as 10.20.0.0/16.`,
        where,
      ),
    ];
  }
  if (cidr.length < widest || cidr.length > narrowest) {
    const better = formatCidr(aligned({ ...cidr, length: cidr.length < widest ? widest : narrowest }));
    return [
      error(
        'spec/cidr-size',
        'Address range too large or too small',
        `A region's range is a /${widest} to a /${narrowest}: AWS allows no larger network, and three tiers of subnets in eight zones need that many ` +
          `addresses. ${quote(text)} is a /${cidr.length}; ${better} would do.`,
        where,
      ),
    ];
  }
  if (aligned(cidr).base !== cidr.base) {
    const range = formatCidr(aligned(cidr));
    return [
      error('spec/cidr-bits', 'Address range does not start at its network', `${quote(text)} lies inside ${range}. Write ${range}.`, where),
    ];
  }
  if (unusableRanges.some((range) => overlap(range, cidr))) {
    return [
      error(
        'spec/cidr-unusable',
        'Address range cannot be used',
        `No host can have an address in ${text}. Take a private range, such as 10.20.0.0/16.`,
        where,
      ),
    ];
  }
  if (!privateRanges.some((range) => contains(range, cidr))) {
    return [
      warning(
        'spec/cidr-public',
        'Address range is public',
        `${text} belongs to somebody on the internet, whom this network could then not reach. Take a private range, such as 10.20.0.0/16.`,
        where,
      ),
    ];
  }
  return [];
}

function overlapping(regions: readonly Range[]): Diagnostic[] {
  const ranges = regions.flatMap(({ name, cidr: text }) => {
    const cidr = tryParseCidr(text);
    return cidr ? [{ name, cidr: aligned(cidr) }] : [];
  });
  return ranges.flatMap((later, i) =>
    ranges
      .slice(0, i)
      .filter((earlier) => overlap(earlier.cidr, later.cidr))
      .map((earlier) =>
        error(
          'spec/cidr-overlap',
          'Address ranges overlap',
          `${formatCidr(later.cidr)} of ${later.name} overlaps ${formatCidr(earlier.cidr)} of ${earlier.name}, so that the two could never be connected. ` +
            'Give each region a range of its own, such as 10.20.0.0/16 and 10.21.0.0/16.',
          { path: ['regions', later.name, 'cidr'], address: `region/${later.name}` },
        ),
      ),
  );
}
