import { error, type Diagnostic } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import type { Kind } from '../topology/kind';
import type { Plain } from '../topology/plain';

/** ARNs without a region are of global services. */
const inRegion = /^arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]+):[0-9]{12}:/;

/** Own settings of a component that name something in another region, a certificate or a key: AWS refuses that only while it deploys. */
export function checkArns(name: string, written: Plain, kind: Kind, region: string): Diagnostic[] {
  return Object.keys(kind.schema.properties).flatMap((setting) => {
    const value = written[setting];
    const other = typeof value === 'string' ? inRegion.exec(value)?.[1] : undefined;
    if (other === undefined || other === region) return [];
    const detail = `${quote(value)} lies in ${other}, and ${quote(name)} lives in ${region}: AWS takes only what lies in the same region. Name one of ${region}.`;
    return [
      error('spec/other-region', 'It lies in another region', detail, {
        path: ['components', name, setting],
        address: `component/${name}`,
      }),
    ];
  });
}
