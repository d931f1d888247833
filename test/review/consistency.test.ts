import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckDocument } from '../../lib/document/check';
import { run } from '../../lib/cli/main';
import { temporaryIo } from './temporary-io';

interface Wishes {
  readonly target?: string;
  readonly ttl?: string;
  readonly check?: string;
  readonly form?: string;
  readonly pay?: string;
  readonly on?: string;
}

/** The findings of a spec whose flow wants something of what it stands on, by code: severity, line and sentence. */
async function found(wishes: Wishes): Promise<Record<string, readonly [string, number | undefined, string]>> {
  const {
    check = '',
    form = 'multi-az-instance',
    on = 'db',
    pay = 'availability: 99.95%, meanOutage: 10m',
    target = '',
    ttl = '60s',
  } = wishes;
  const spec = `version: 1
name: shop
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b, us-east-1c], cidr: 10.0.0.0/16 }
components:
  edge: { kind: dns, domain: shop.example.com, hostedZone: Z0123456789ABCDEFGHIJ, record: cname, ttl: ${ttl}, ${check}dependsOn: [front] }
  front: { kind: load-balancer, certificate: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555", dependsOn: [web] }
  web: { kind: instances, image: ami-0123456789abcdef0, type: m7g.large, port: 8080, count: 3, needs: 1, dependsOn: [${on}, pay] }
  db: { kind: database, engine: postgres, form: ${form}, class: db.r7g.large }
  sessions: { kind: cache, form: replication-group, class: cache.r7g.large }
  pay: { kind: external, ${pay}, source: contract }
flows:
  buy: { requires: [edge], target: { availability: 99%${target} } }
  other: { requires: [sessions, db] }
`;
  const io = temporaryIo({ 'shop.yaml': spec });
  await run(['check', 'shop.yaml', '--today', '2026-11-01', '--format', 'json=check.json', '--format', 'github'], io);
  const { out } = io;
  const codes = ['target-above-promise', 'rpo-below-backup', 'rto-below-redirect'];
  const document = JSON.parse(readFileSync(join(io.cwd, 'check.json'), 'utf8')) as CheckDocument;
  const findings = document.topologies.flatMap((topology) => topology.findings).filter(({ code }) => codes.includes(code));
  expect(findings.every(({ flow }) => flow === 'buy')).toBe(true);
  const lines = out.split('\n');
  return Object.fromEntries(
    findings.map(({ code, range, severity }) => {
      const title = { 'target-above-promise': 'Target stricter', 'rpo-below-backup': 'RPO shorter', 'rto-below-redirect': 'RTO shorter' }[
        code as string
      ]!;
      return [code, [severity, range?.start.line, lines.find((line) => line.includes(title))!.split('::')[2]!]];
    }),
  );
}

test('what does not contradict itself is not spoken of', async () => {
  expect(await found({ target: ', rto: 60s, rpo: 300s' })).toEqual({});
});

test('an RPO below the age of a backup is a warning; with standbys that have every write, a note', async () => {
  expect(await found({ target: ', rpo: 299s', form: 'single' })).toEqual({
    'rpo-below-backup': [
      'warning',
      9,
      'Buy wants an RPO of 4 min 59 s, and what is lost in db comes back from a copy that may be 5 min old. Ask for no less than that, or let it do without.',
    ],
  });
  const [severity, , sentence] = (await found({ target: ', rpo: 0s' }))['rpo-below-backup']!;
  expect([severity, sentence]).toEqual([
    'note',
    'Buy wants an RPO of 0 s, and what is lost in db by deletion or corruption comes back from a copy that may be 5 min old. Ask for no less than that, or let it do without.',
  ]);
});

test('a cache comes back a day old, and a flow that can do without it loses nothing', async () => {
  expect((await found({ target: ', rpo: 1h', on: 'sessions' }))['rpo-below-backup']).toEqual([
    'warning',
    10,
    expect.stringContaining('may be 1 d old'),
  ]);
  expect(await found({ target: ', rpo: 1h', on: '{ on: sessions, without: degraded }' })).toEqual({});
});

test('callers keep an old answer for the TTL, after a check of its own has failed', async () => {
  expect(await found({ target: ', rto: 59s' })).toEqual({
    'rto-below-redirect': [
      'warning',
      6,
      'Buy wants an RTO of 59 s, and edge leads callers elsewhere later: 1 min for which they keep the old answer. Ask for more, or lower the TTL.',
    ],
  });
  const check = 'healthCheck: { path: /ready, interval: 10s, unhealthy: 3 }, ';
  expect(await found({ target: ', rto: 108s', check })).toEqual({});
  expect((await found({ target: ', rto: 107s', check }))['rto-below-redirect']![2]).toBe(
    'Buy wants an RTO of 1 min 47 s, and edge leads callers elsewhere later: 48 s until its check has failed, then 1 min for which they keep the old answer. Ask for more, or lower the TTL, or the interval of the check.',
  );
});

test('a target above a promise is told with the promise, also where failures a year are stated', async () => {
  const [severity, line, sentence] = (await found({ pay: 'availability: 98.9%, meanOutage: 10m' }))['target-above-promise']!;
  expect([severity, line, sentence]).toEqual([
    'warning',
    11,
    'Buy wants 99 %25, and 98.9 %25 is promised for pay (not ours), without which it is down. Ask for less, let it do without, or state a measured figure.',
  ]);
  // 4 days in a year of 365: 4 / 369 of the time.
  expect((await found({ pay: 'failuresPerYear: 4, meanOutage: 1d' }))['target-above-promise']![2]).toContain('98.92 %25');
  expect(await found({ pay: 'failuresPerYear: 3, meanOutage: 1d' })).toEqual({});
});
