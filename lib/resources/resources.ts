/** Arguments of a resource as Terraform's JSON has them; references are still text, `${aws_subnet.public-a.id}`, or ids in a state. */
export type Arguments = Readonly<Record<string, unknown>>;

/** One resource, wherever it was read: synthesized JSON, plan, state or a live answer. */
export interface Resource {
  /** `aws_subnet.public-a`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly arguments: Arguments;
}

/** A set of resources in which references can be followed. */
export class Resources {
  private readonly byAddress: ReadonlyMap<string, Resource>;
  private readonly byIdentity: ReadonlyMap<string, readonly Resource[]>;

  constructor(readonly all: readonly Resource[]) {
    this.byAddress = new Map(all.map((resource) => [resource.address, resource]));
    const byIdentity = new Map<string, Resource[]>();
    for (const resource of all) {
      for (const identity of new Set([resource.arguments.id, resource.arguments.arn])) {
        if (typeof identity === 'string') byIdentity.set(identity, [...(byIdentity.get(identity) ?? []), resource]);
      }
    }
    this.byIdentity = byIdentity;
  }

  /** All resources of a type, sorted by address. */
  ofType(type: string): Resource[] {
    return this.all.filter((resource) => resource.type === type).sort((a, b) => (a.address < b.address ? -1 : 1));
  }

  /** The resource that a reference, id or ARN names. The id of some is only a name that others have too: they need the type. */
  tryFollow(reference: unknown, type?: string): Resource | undefined {
    if (typeof reference !== 'string') return undefined;
    const address = /^\$\{([a-z0-9_]+\.[A-Za-z0-9_-]+)[.[]/.exec(reference)?.[1];
    if (address) return this.byAddress.get(address);
    return this.byIdentity.get(reference)?.find((resource) => type === undefined || resource.type === type);
  }

  /** The resource at an address. */
  tryFind(address: string): Resource | undefined {
    return this.byAddress.get(address);
  }
}

/** Resources of a `cdk.tf.json`: the resource blocks only, without metadata, tags, outputs, and what waits for what, which is nothing that is there. */
export function fromSynthesized(json: { readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>> }): Resources {
  return new Resources(
    Object.entries(json.resource ?? {}).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, { '//': _metadata, tags: _tags, tags_all: _all, depends_on: _waits, ...args }]) => ({
        address: `${type}.${name}`,
        type,
        name,
        arguments: args,
      })),
    ),
  );
}
