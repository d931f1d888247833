/** Who depends on whom, by name. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Everything that can be reached from some names, themselves included. */
export function closure(graph: Graph, from: Iterable<string>): Set<string> {
  const reached = new Set(from);
  for (const name of reached) for (const next of graph.get(name) ?? []) reached.add(next);
  return reached;
}

/** Strongly connected parts of more than one name (Tarjan 1972), with a stack of its own: input may be deep. */
function knots(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  for (const root of graph.keys()) {
    if (index.has(root)) continue;
    const visits: { name: string; next: number }[] = [];
    const enter = (name: string) => {
      index.set(name, index.size);
      low.set(name, index.get(name)!);
      open.push(name);
      isOpen.add(name);
      visits.push({ name, next: 0 });
    };
    enter(root);
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const { name } = visit;
      const next = graph.get(name)?.[visit.next++];
      if (next === undefined) {
        visits.pop();
        const parent = visits.at(-1)?.name;
        if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(name)!));
        if (low.get(name) !== index.get(name)) continue;
        const knot = open.splice(open.lastIndexOf(name));
        for (const member of knot) isOpen.delete(member);
        if (knot.length > 1) found.push(knot);
      } else if (!index.has(next)) {
        if (graph.has(next)) enter(next);
      } else if (isOpen.has(next)) {
        low.set(name, Math.min(low.get(name)!, index.get(next)!));
      }
    }
  }
  return found;
}

/** Within a knot, a shortest way from a name back to itself. */
function cycleThrough(start: string, graph: Graph, members: ReadonlySet<string>): string[] {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const name of queue) {
    for (const next of graph.get(name) ?? []) {
      if (next === start) {
        const way = [name];
        while (way.at(-1) !== start) way.push(cameFrom.get(way.at(-1)!)!);
        return way.reverse();
      }
      if (members.has(next) && !cameFrom.has(next)) {
        cameFrom.set(next, name);
        queue.push(next);
      }
    }
  }
  throw new Error('No way back inside a strongly connected part. This is a bug in nines.');
}

/** One cycle for each knot of names that depend on each other, beginning with the name that comes first; a name alone is no cycle. */
export function cycles(graph: Graph): string[][] {
  const order = new Map([...graph.keys()].map((name, i) => [name, i]));
  return knots(graph)
    .map((knot) => {
      const first = knot.reduce((a, b) => (order.get(a)! <= order.get(b)! ? a : b));
      return cycleThrough(first, graph, new Set(knot));
    })
    .sort((a, b) => order.get(a[0]!)! - order.get(b[0]!)!);
}
