/** What requests to a forge need from outside; tests hand in their own clock. */
export interface Wire {
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Seconds since the epoch. */
  readonly now: () => number;
  /** Told about each wait, so that a quiet minute is not a mystery. */
  readonly tell: (sentence: string) => void;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** A forge that did not do what was asked; the message never holds the token. */
export class ForgeError extends Error {
  override readonly name = 'ForgeError';
  constructor(
    message: string,
    readonly status: number | null,
  ) {
    super(message);
  }
}

const tries = 5;
// A primary rate limit resets within the hour; a CI job that waits longer than this costs more than its comment is worth.
const longestWaitSeconds = 120;

/** One request, repeated while the forge limits the rate, fails by itself or cannot be reached. */
export async function request(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  wire: Wire,
): Promise<Reply> {
  for (let attempt = 1; ; attempt++) {
    const reply = await attemptOnce(method, url, headers, body, wire);
    if (reply.status !== null && reply.status < 400) return reply as Reply;
    const wait = waitBefore(attempt, reply, wire.now());
    const place = `${method} ${new URL(url).pathname}`;
    if (wait === null || attempt === tries) throw new ForgeError(without(wire.token, `${place}: ${explain(reply)}`), reply.status);
    wire.tell(`${place}: ${reply.status ?? 'no answer'}, trying again in ${Math.ceil(wait)} s`);
    await wire.sleep(wait * 1000);
  }
}

type Attempt = { readonly status: number | null; readonly body: unknown; readonly headers: Headers; readonly cause?: string };

async function attemptOnce(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  wire: Wire,
): Promise<Attempt> {
  try {
    const response = await wire.fetch(url, {
      method,
      headers: {
        'user-agent': 'nines',
        accept: 'application/json',
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // Following would send the token to another host.
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return { status: response.status, body: parse(text), headers: response.headers };
  } catch (cause) {
    const reason = cause as Error & { cause?: Error };
    return { status: null, body: null, headers: new Headers(), cause: reason.cause?.message ?? reason.message };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Seconds until another try can help; null when none can. */
function waitBefore(attempt: number, { status, headers }: Attempt, now: number): number | null {
  const backOff = 2 ** (attempt - 1);
  if (status === null || status >= 500) return backOff;
  const limited = status === 429 || (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'));
  if (!limited) return null;
  const after = Number(headers.get('retry-after') ?? NaN);
  const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset') ?? NaN) - now;
  const wait = Number.isFinite(after) ? after : Number.isFinite(reset) ? Math.max(reset, 1) : backOff;
  return wait > longestWaitSeconds ? null : wait;
}

function explain({ status, body, cause, headers }: Attempt): string {
  if (status === null) return `no answer (${cause})`;
  const said =
    typeof body === 'object' && body !== null
      ? ((body as { message?: unknown }).message ?? (body as { error?: unknown }).error)
      : undefined;
  const limited = headers.get('x-ratelimit-remaining') === '0' || status === 429 ? ' (rate limit)' : '';
  return `the forge answered ${status}${limited}${said === undefined ? '' : `: ${typeof said === 'string' ? said : JSON.stringify(said)}`}`;
}

const without = (token: string, text: string) => (token === '' ? text : text.replaceAll(token, '***'));
