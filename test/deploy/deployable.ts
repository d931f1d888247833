import { kinds } from '../../lib/kinds/kinds.generated';
import type { Plain } from '../../lib/topology/plain';
import { awsAt, createHostedZone, requestCertificate } from './aws';

type Settings = Readonly<Record<string, Plain>>;

/** The region of a spec; those that are deployed here have one. */
export const regionOf = (settings: Plain): string => Object.keys(settings.regions as Settings)[0]!;

/** A spec as it is, with a certificate and a hosted zone that exist, and with everything deletable again. */
export async function deployable(settings: Plain, url: string): Promise<Plain> {
  const aws = awsAt(url, regionOf(settings));
  const components = await Promise.all(
    Object.entries(settings.components as Settings).map(async ([name, component]): Promise<[string, Plain]> => {
      const known = kinds.find(({ name: kind }) => kind === component.kind)?.schema.properties ?? {};
      return [
        name,
        {
          ...component,
          ...('certificate' in component ? { certificate: await requestCertificate(aws, 'shop.example.com') } : {}),
          ...('hostedZone' in component ? { hostedZone: await createHostedZone(aws, `${String(settings.name)}.example.com`) } : {}),
          ...('domain' in component ? { domain: `www.${String(settings.name)}.example.com` } : {}),
          ...('deletable' in known ? { deletable: 'it is a test' } : {}),
          ...('withoutLastSnapshot' in known ? { withoutLastSnapshot: 'it is a test' } : {}),
        },
      ];
    }),
  );
  return { ...settings, components: Object.fromEntries(components) as Plain };
}
