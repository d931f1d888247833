import type { Seconds } from '../units/duration';

/** A check that counts consecutive failures on a fixed grid, as load balancers do it. */
export interface HealthCheck {
  readonly intervalSeconds: Seconds;
  readonly timeoutSeconds: Seconds;
  /** Consecutive failures that take a target out of rotation. */
  readonly unhealthy: number;
}

/**
 * Mean time from a failure to its detection: the failure falls anywhere in an interval, each further check waits one interval, the last one times out.
 * @example expectedDetection({ intervalSeconds: 30, timeoutSeconds: 5, unhealthy: 2 }) // => 50
 */
export function expectedDetection(check: HealthCheck): Seconds {
  return check.intervalSeconds / 2 + (check.unhealthy - 1) * check.intervalSeconds + check.timeoutSeconds;
}

/** Longest time from a failure to its detection: it began right after a check had passed. */
export function worstDetection(check: HealthCheck): Seconds {
  return check.unhealthy * check.intervalSeconds + check.timeoutSeconds;
}
