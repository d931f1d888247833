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
