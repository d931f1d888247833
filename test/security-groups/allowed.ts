import { kinds } from '../../lib/kinds/kinds.generated';
import type { Plain } from '../../lib/topology/plain';
import type { Component, Topology } from '../../lib/topology/topology';

const https = 443;

/**
 * Who may talk to whom by the dependencies of a topology and nothing else, as rules of security groups: `a -> b:port` lets a out to b, `b <- a:port` lets
 * b take it. Written from the spec, not from the constructs.
 */
export function allowedBy({ components, settings }: Topology): string[] {
  const byName = new Map(components.map((component) => [component.name, component]));
  const written = settings.components as Readonly<Record<string, Plain>>;
  const portOf = ({ kind, name }: Component): number => {
    const port = tryFindPort(kind, written[name] ?? {});
    if (port === undefined) throw new Error(`it is not known on which port ${name}, a ${kind}, is reached`);
    return port;
  };
  const isInside = ({ kind }: Component) => kinds.find(({ name }) => name === kind)!.reach === 'inside';
  const rules = components.filter(isInside).flatMap((component): string[] => {
    const { dependsOn, kind, name } = component;
    const away = dependsOn.flatMap(({ on }): string[] => {
      const target = byName.get(on)!;
      const port = portOf(target);
      if (!isInside(target)) return [`${name} -> internet:${port}`];
      // The password of a database lies in Secrets Manager.
      const secret = target.kind === 'database' ? both(name, 'endpoint-secretsmanager', https) : [];
      return [...both(name, on, port), ...secret];
    });
    const { redirect, scheme, type } = written[name] ?? {};
    const redirected = (redirect ?? type !== 'network') ? [80] : [];
    const ports = kind !== 'load-balancer' || scheme === 'internal' ? [] : [...redirected, portOf(component)];
    return [...away, ...ports.map((port) => `${name} <- internet:${port}`)];
  });
  return [...new Set(rules)].sort();
}

const both = (from: string, to: string, port: number) => [`${from} -> ${to}:${port}`, `${to} <- ${from}:${port}`];

function tryFindPort(kind: string, { engine, port }: Plain): number | undefined {
  if (typeof port === 'number') return port;
  const usual: Readonly<Record<string, number>> = { cache: 6379, 'load-balancer': https, queue: https, external: https };
  return kind === 'database' ? (engine === 'mysql' ? 3306 : 5432) : usual[kind];
}
