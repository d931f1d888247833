import type { Component } from '../topology/topology';

/** What no number of any topology contains. */
const always: readonly string[] = [
  'What lies between the users and AWS: their networks, the internet, registrars of domains.',
  'Corrupted or deleted data: how long a restore takes and what it loses (RTO and RPO).',
  'Failures by overload: queues that build up, retries that multiply, quotas of the account, limits of the software. Requests are counted without retries.',
  'A primary stays where it last went; the estimate takes its place as drawn anew whenever all is normal (about 2 % at usual rates).',
  'Failures with a common reason across components other than zone, region, network and control plane: one bug in all, one expired certificate, one bad permission.',
  'Slowness: what answers late counts as up.',
];

/** What the estimate of a topology leaves out, as sentences: always, by its kinds, and by its own settings. */
export function notModelledOf(components: readonly Component[], unreached: readonly string[]): string[] {
  const byKind = components.flatMap((component) => component.behaviour.notModelled);
  const overridden = components.flatMap(({ name, terraform }) =>
    terraform
      ? Object.entries(terraform.arguments).map(
          ([role, args]) => `${name}: arguments of ${role} set past the model (${Object.keys(args).join(', ')}): ${terraform.reason}`,
        )
      : [],
  );
  const outside = unreached.map((name) => `${name}: no flow requires it, so that its outages show in no number.`);
  return [...new Set([...always, ...byKind, ...overridden, ...outside])];
}
