/** The clients of AWS that a comparison needs: optional dependencies, loaded only when AWS is asked. */
export interface Sdk {
  readonly ec2: typeof import('@aws-sdk/client-ec2');
  readonly autoScaling: typeof import('@aws-sdk/client-auto-scaling');
  readonly balancing: typeof import('@aws-sdk/client-elastic-load-balancing-v2');
  readonly rds: typeof import('@aws-sdk/client-rds');
  readonly cache: typeof import('@aws-sdk/client-elasticache');
  readonly sqs: typeof import('@aws-sdk/client-sqs');
  readonly route53: typeof import('@aws-sdk/client-route-53');
  readonly cloudWatch: typeof import('@aws-sdk/client-cloudwatch');
}

/** The packages that must be there, as npm installs them. */
export const packages: readonly string[] = [
  'ec2',
  'auto-scaling',
  'elastic-load-balancing-v2',
  'rds',
  'elasticache',
  'sqs',
  'route-53',
  'cloudwatch',
].map((name) => `@aws-sdk/client-${name}`);

/** AWS could not be asked; the message says why, and what to do. */
export class LiveError extends Error {
  override readonly name = 'LiveError';
}

/** Loads the clients; says how to install them where one is missing. */
export async function loadSdk(): Promise<Sdk> {
  try {
    const [ec2, autoScaling, balancing, rds, cache, sqs, route53, cloudWatch] = await Promise.all([
      import('@aws-sdk/client-ec2'),
      import('@aws-sdk/client-auto-scaling'),
      import('@aws-sdk/client-elastic-load-balancing-v2'),
      import('@aws-sdk/client-rds'),
      import('@aws-sdk/client-elasticache'),
      import('@aws-sdk/client-sqs'),
      import('@aws-sdk/client-route-53'),
      import('@aws-sdk/client-cloudwatch'),
    ]);
    return { ec2, autoScaling, balancing, rds, cache, sqs, route53, cloudWatch };
  } catch (cause) {
    const { code } = cause as { readonly code?: string };
    if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new LiveError(
      `--live asks AWS by its SDK, which is not installed. Install it beside nines:\n  npm install --save-dev ${packages.join(' ')}`,
    );
  }
}

/** All items of an answer in pages. */
export async function itemsIn<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => readonly Item[] | undefined): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

/** What AWS said, as an error that says who was asked for what. */
export async function asking<Answer>(what: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (cause) {
    const { message, name } = cause as Error;
    if (name === 'CredentialsProviderError')
      throw new LiveError(
        `There are no credentials to ask AWS with. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. ${message}`,
      );
    throw new LiveError(`AWS did not answer when asked for ${what}: ${name}: ${message}`);
  }
}
