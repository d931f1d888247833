import { request, type Reply, type Wire } from './request';

export interface ForgeComment {
  readonly id: number;
  readonly body: string;
}

/** The comments of one pull or merge request. */
export interface Forge {
  /** Most characters of a comment. */
  readonly limit: number;
  list(): Promise<ForgeComment[]>;
  create(body: string): Promise<ForgeComment>;
  update(id: number, body: string): Promise<void>;
  remove(id: number): Promise<void>;
}

interface Api {
  readonly limit: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly comments: string;
  readonly comment: (id: number) => string;
  readonly updateBy: 'PATCH' | 'PUT';
}

/** Comments of a GitHub pull request; `api` is such as https://api.github.com, also of an Enterprise server. */
export function github(place: { readonly api: string; readonly repository: string; readonly number: number }, wire: Wire): Forge {
  const repository = `${place.api.replace(/\/$/, '')}/repos/${place.repository.split('/').map(encodeURIComponent).join('/')}`;
  return forge(
    {
      // "body is too long (maximum is 65536 characters)"
      limit: 65_536,
      headers: { authorization: `Bearer ${wire.token}`, accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
      comments: `${repository}/issues/${place.number}/comments`,
      comment: (id) => `${repository}/issues/comments/${id}`,
      updateBy: 'PATCH',
    },
    wire,
  );
}

/** Notes of a GitLab merge request; `api` is such as https://gitlab.com/api/v4. */
export function gitlab(place: { readonly api: string; readonly project: string; readonly number: number }, wire: Wire): Forge {
  const notes = `${place.api.replace(/\/$/, '')}/projects/${encodeURIComponent(place.project)}/merge_requests/${place.number}/notes`;
  return forge(
    { limit: 1_000_000, headers: { 'private-token': wire.token }, comments: notes, comment: (id) => `${notes}/${id}`, updateBy: 'PUT' },
    wire,
  );
}

function forge(api: Api, wire: Wire): Forge {
  const send = (method: string, url: string, body?: unknown) => request(method, url, api.headers, body, wire);
  return {
    limit: api.limit,
    list: async () => {
      const found: ForgeComment[] = [];
      let next: string | null = `${api.comments}?per_page=100`;
      // 100 pages of 100: more comments than a person could have written on one request; a server that always names a next page is cut off.
      for (let page = 0; next !== null && page < 100; page++) {
        const reply: Reply = await send('GET', next);
        if (Array.isArray(reply.body)) found.push(...reply.body.filter(isComment).map(({ id, body }) => ({ id, body })));
        next = nextPage(reply, next, api.comments);
      }
      return found;
    },
    create: async (body) => {
      const { body: created } = await send('POST', api.comments, { body });
      if (!isComment(created)) throw new TypeError('the forge answered a new comment without id and body');
      return created;
    },
    update: async (id, body) => void (await send(api.updateBy, api.comment(id), { body })),
    remove: async (id) => void (await send('DELETE', api.comment(id))),
  };
}

const isComment = (value: unknown): value is ForgeComment =>
  typeof value === 'object' &&
  value !== null &&
  Number.isSafeInteger((value as ForgeComment).id) &&
  typeof (value as ForgeComment).body === 'string';

/** Both forges name the next page by a Link header (RFC 8288); a link to another host is not followed, since the token would go there. */
function nextPage({ headers }: Reply, current: string, comments: string): string | null {
  const link = /<([^>]+)>;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1];
  if (link === undefined) return null;
  const url = new URL(link, current);
  return url.origin === new URL(comments).origin ? url.href : null;
}
