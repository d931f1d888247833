import type { Length } from './length';
import type { Random } from './random';

/** A random length; a residual is drawn by looking at lengths in proportion to how long they are. */
export function drawLength(length: Length, random: Random): number {
  switch (length.distribution) {
    case 'fixed':
      return length.mean;
    case 'exponential':
      return random.exponential(length.mean);
    case 'lognormal':
      return random.lognormal(length.mean * Math.exp((-length.sigma * length.sigma) / 2), length.sigma);
    case 'at-most':
      return Math.min(length.limit, drawLength(length.length, random));
    case 'shorter':
      return Math.min(drawLength(length.lengths[0], random), drawLength(length.lengths[1], random));
    case 'mixture': {
      let rest = random.uniform();
      let last = length.parts[0]!.length;
      for (const part of length.parts) {
        last = part.length;
        rest -= part.chance;
        if (rest < 0) break;
      }
      return drawLength(last, random);
    }
    case 'residual':
      return drawResidual(length.length, random);
  }
}

function drawResidual(length: Length, random: Random): number {
  switch (length.distribution) {
    case 'fixed':
      return random.uniform() * length.mean;
    case 'exponential':
      return random.exponential(length.mean);
    case 'lognormal':
      // Weighted with its length, a lognormal is lognormal with its logarithm moved by σ².
      return random.uniform() * random.lognormal(length.mean * Math.exp((length.sigma * length.sigma) / 2), length.sigma);
    default:
      throw new RangeError(`a residual of "${length.distribution}" can not be drawn`);
  }
}
