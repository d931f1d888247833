/** An API of AWS at an emulator, which checks no signature. */
export interface Aws {
  /** The protocol of EC2, RDS, Auto Scaling and other services: returns the XML. */
  query(service: string, action: string, parameters?: Readonly<Record<string, string>>): Promise<string>;
  json(service: string, target: string, body: unknown): Promise<unknown>;
  rest(service: string, method: string, path: string, body?: string): Promise<string>;
}

const versions: Readonly<Record<string, string>> = {
  ec2: '2016-11-15',
  rds: '2014-10-31',
  autoscaling: '2011-01-01',
  elasticache: '2015-02-02',
};

/** The emulator at an address, in a region. */
export function awsAt(url: string, region: string): Aws {
  const credential = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`;
  const ask = async (what: string, path: string, request: RequestInit): Promise<Response> => {
    const response = await fetch(`${url}${path}`, request);
    if (!response.ok) throw new Error(`the emulator answered ${what} with ${response.status}: ${(await response.text()).slice(0, 2000)}`);
    return response;
  };
  return {
    query: async (service, action, parameters = {}) => {
      const version = versions[service];
      if (version === undefined) throw new RangeError(`no version of the API of ${service} is known here`);
      const body = new URLSearchParams({ Action: action, Version: version, ...parameters });
      return (await ask(action, '/', { method: 'POST', headers: { authorization: credential(service) }, body })).text();
    },
    json: async (service, target, body) => {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target, authorization: credential(service) };
      return (await ask(target, '/', { method: 'POST', headers, body: JSON.stringify(body) })).json();
    },
    rest: async (service, method, path, body) => {
      const headers = { 'content-type': 'application/xml', authorization: credential(service) };
      return (await ask(`${method} ${path}`, path, { method, headers, ...(body === undefined ? {} : { body }) })).text();
    },
  };
}

/** The texts of an element of an XML answer, wherever it stands. */
export function textsOf(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text]) => text!);
}

/** The items of a list of an XML answer; lists in them keep their own items. */
export function itemsOf(xml: string, list: string, item = 'item'): string[] {
  const start = xml.indexOf(`<${list}>`);
  if (start < 0) return [];
  const items: string[] = [];
  const tags = new RegExp(`<(/?)(${item}|${list})>`, 'g');
  tags.lastIndex = start + list.length + 2;
  let [depth, from] = [0, 0];
  for (let tag = tags.exec(xml); tag; tag = tags.exec(xml)) {
    const [whole, closes, name] = tag;
    if (closes && name === list && depth === 0) break;
    if (name !== item) continue;
    if (!closes && depth++ === 0) from = tag.index + whole.length;
    if (closes && --depth === 0) items.push(xml.slice(from, tag.index));
  }
  return items;
}

/** Gives the emulator a certificate, without which it makes no listener for HTTPS; returns its ARN. */
export async function requestCertificate(aws: Aws, domain: string): Promise<string> {
  const made = await aws.json('acm', 'CertificateManager.RequestCertificate', { DomainName: domain });
  return (made as { readonly CertificateArn: string }).CertificateArn;
}

/** Gives the emulator a hosted zone, which a user has before a first deployment; returns its id. */
export async function createHostedZone(aws: Aws, domain: string): Promise<string> {
  const body = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${domain}</Name><CallerReference>${domain}</CallerReference></CreateHostedZoneRequest>`;
  const xml = await aws.rest('route53', 'POST', '/2013-04-01/hostedzone', body);
  return textsOf(xml, 'Id')[0]!.replace('/hostedzone/', '');
}

/** Instances that are not terminated. */
export async function instancesAlive(aws: Aws): Promise<string[]> {
  const states = ['pending', 'running', 'stopping', 'stopped'].map((state, i) => [`Filter.1.Value.${i + 1}`, state]);
  const xml = await aws.query('ec2', 'DescribeInstances', { 'Filter.1.Name': 'instance-state-name', ...Object.fromEntries(states) });
  return textsOf(xml, 'instanceId');
}

/** ARNs of everything that bears the tag of a topology, of all services that the emulator can list. */
export async function resourcesTagged(aws: Aws, topology: string): Promise<string[]> {
  const request = { TagFilters: [{ Key: 'topology', Values: [topology] }], ResourcesPerPage: 100 };
  const arns: string[] = [];
  for (let token: string | undefined = ''; token !== undefined;) {
    const page = { ...request, ...(token === '' ? {} : { PaginationToken: token }) };
    const answer = (await aws.json('tagging', 'ResourceGroupsTaggingAPI_20170126.GetResources', page)) as {
      readonly PaginationToken?: string | null;
      readonly ResourceTagMappingList: readonly { readonly ResourceARN: string }[];
    };
    arns.push(...answer.ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN));
    token = answer.PaginationToken ? answer.PaginationToken : undefined;
  }
  return arns;
}
