import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Stored {
  id: number;
  body: string;
}

/** Answers once instead of what the request would get. */
export interface Trouble {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server with the shapes of GitHub's and GitLab's comment APIs: paths, tokens, paging by Link headers, rate limits. */
export class ForgeServer {
  readonly comments: Stored[] = [];
  readonly requests: string[] = [];
  readonly trouble: Trouble[] = [];
  /** Called before an answer to a new comment goes out. */
  onCreate: () => void = () => {};
  /** What a request of this method gets instead of its answer. */
  onRequest: (method: string) => Trouble | undefined = () => undefined;
  private nextId = 1;
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  constructor(private readonly token: string) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  add(body: string): Stored {
    const comment = { id: this.nextId++, body };
    this.comments.push(comment);
    return comment;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://forge');
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const send = (status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body === undefined ? '' : JSON.stringify(body));
    };
    const trouble = this.trouble.shift() ?? this.onRequest(request.method ?? '');
    if (trouble) return send(trouble.status, trouble.body ?? { message: 'trouble' }, trouble.headers);
    if (request.headers.authorization !== `Bearer ${this.token}` && request.headers['private-token'] !== this.token)
      return send(401, { message: 'Bad credentials' });
    const list = /^(\/repos\/shop\/orders\/issues\/7\/comments|\/api\/v4\/projects\/shop%2Forders\/merge_requests\/7\/notes)$/.exec(
      url.pathname,
    );
    const one = /^(?:\/repos\/shop\/orders\/issues\/comments|\/api\/v4\/projects\/shop%2Forders\/merge_requests\/7\/notes)\/(\d+)$/.exec(
      url.pathname,
    );
    if (list && request.method === 'GET') return this.page(url, send);
    if (list && request.method === 'POST') {
      const created = this.add((JSON.parse(text) as Stored).body);
      this.onCreate();
      return send(201, created);
    }
    const found = one && this.comments.find(({ id }) => id === Number(one[1]));
    if (!found) return send(404, { message: 'Not Found' });
    if (request.method === 'DELETE') {
      this.comments.splice(this.comments.indexOf(found), 1);
      return send(204);
    }
    if (request.method !== (url.pathname.startsWith('/api/v4') ? 'PUT' : 'PATCH')) return send(405, { message: 'Method Not Allowed' });
    found.body = (JSON.parse(text) as Stored).body;
    return send(200, found);
  }

  private page(url: URL, send: (status: number, body: unknown, headers?: Readonly<Record<string, string>>) => void): void {
    const size = Number(url.searchParams.get('per_page') ?? 30);
    const page = Number(url.searchParams.get('page') ?? 1);
    const next =
      page * size < this.comments.length ? { link: `<${url.pathname}?per_page=${size}&page=${page + 1}>; rel="next"` } : undefined;
    send(200, this.comments.slice((page - 1) * size, page * size), next);
  }
}
