/** Asks the emulator by the JSON protocol of AWS, which checks no signature. */
async function ask(url: string, region: string, service: string, target: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the emulator answered ${target} with ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Gives the emulator a certificate, without which it makes no listener for HTTPS; returns its ARN. */
export async function requestCertificate(url: string, region: string, domain: string): Promise<string> {
  const made = await ask(url, region, 'acm', 'CertificateManager.RequestCertificate', { DomainName: domain });
  return (made as { readonly CertificateArn: string }).CertificateArn;
}

/** ARNs of everything that bears the tag of a topology, of all services that the emulator can list. */
export async function resourcesTagged(url: string, region: string, topology: string): Promise<string[]> {
  const found = await ask(url, region, 'tagging', 'ResourceGroupsTaggingAPI_20170126.GetResources', {
    TagFilters: [{ Key: 'topology', Values: [topology] }],
    ResourcesPerPage: 100,
  });
  return (found as { readonly ResourceTagMappingList: readonly { readonly ResourceARN: string }[] }).ResourceTagMappingList.map(
    ({ ResourceARN }) => ResourceARN,
  );
}

/** Answers of EC2, as XML. */
async function askEc2(url: string, region: string, action: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/ec2/aws4_request, SignedHeaders=host, Signature=none` },
    body: new URLSearchParams({ Action: action, Version: '2016-11-15', ...parameters }),
  });
  if (!response.ok) throw new Error(`the emulator answered ${action} with ${response.status}: ${await response.text()}`);
  return response.text();
}

/** States of NAT gateways: deleted ones are listed for a while, by AWS too. */
export async function statesOfNatGateways(url: string, region: string): Promise<string[]> {
  const xml = await askEc2(url, region, 'DescribeNatGateways');
  return [...xml.matchAll(/<state>([a-z]+)<\/state>/g)].map(([, state]) => state!);
}
