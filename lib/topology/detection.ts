import type { Seconds } from '../units/duration';

/** A check that counts consecutive failures. */
export interface HealthCheck {
  readonly intervalSeconds: Seconds;
  readonly timeoutSeconds: Seconds;
  /** Consecutive failures that take a target out of rotation. */
  readonly unhealthy: number;
  /** Whether the interval begins when a check has ended, as with Route 53. @default false: checks begin on a fixed grid, as those of load balancers do */
  readonly fromAnswer?: boolean;
}

/**
 * Mean time from a failure to its detection: the failure falls anywhere in an interval, each further check waits one interval, the last one times out.
 * @example expectedDetection({ intervalSeconds: 30, timeoutSeconds: 5, unhealthy: 2 }) // => 50
 */
export function expectedDetection({ fromAnswer, intervalSeconds, timeoutSeconds, unhealthy }: HealthCheck): Seconds {
  const further = intervalSeconds + (fromAnswer ? timeoutSeconds : 0);
  return intervalSeconds / 2 + (unhealthy - 1) * further + timeoutSeconds;
}

/** Longest time from a failure to its detection: it began right after a check had passed. */
export function worstDetection({ fromAnswer, intervalSeconds, timeoutSeconds, unhealthy }: HealthCheck): Seconds {
  return unhealthy * intervalSeconds + (fromAnswer ? unhealthy : 1) * timeoutSeconds;
}
