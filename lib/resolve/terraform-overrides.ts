import { error, type Diagnostic } from '../diagnostics/diagnostic';
import { instead, quote } from '../diagnostics/way-out';
import type { Kind } from '../topology/kind';
import type { Plain } from '../topology/plain';
import type { TerraformOverrides } from '../topology/topology';
import { entriesOf } from './readable';

/** Arguments of the provider that a component sets past its kind. */
export function terraformOverridesOf(written: Plain): TerraformOverrides {
  const { reason, ...byRole } = written;
  return { reason: typeof reason === 'string' ? reason : '', arguments: byRole as Readonly<Record<string, Plain>> };
}

/** What is wrong with them: the model's own arguments are the model's. */
export function checkTerraformOverrides(component: string, written: Plain, kind: Kind): Diagnostic[] {
  const path = ['components', component, 'terraform'];
  const address = `component/${component}`;
  const overrides = terraformOverridesOf(written);
  const roles = Object.keys(kind.owns);
  const missing =
    overrides.reason.trim() === ''
      ? [
          error(
            'spec/terraform-reason',
            'Override without a reason',
            'Say for the reviewer why the provider is told something else: add `reason`.',
            { path, atKey: true, address },
          ),
        ]
      : [];
  const wrong = Object.entries(overrides.arguments).flatMap(([role, args]) => {
    if (!Object.hasOwn(kind.owns, role)) {
      return [
        error(
          'spec/terraform-role',
          'Unknown resource role',
          `The kind ${kind.name} has no resource ${quote(role)}. ${instead(role, roles, 'Resources')}`,
          {
            path: [...path, role],
            atKey: true,
            address,
          },
        ),
      ];
    }
    return entriesOf(args)
      .filter(([argument]) => kind.owns[role]!.includes(argument))
      .map(([argument]) =>
        error(
          'spec/terraform-owned',
          'Argument belongs to the model',
          `${quote(argument)} of ${quote(role)} follows from the component's settings, and the estimate counts on it. Change the setting of ${quote(component)} instead.`,
          { path: [...path, role, argument], atKey: true, address },
        ),
      );
  });
  return [...missing, ...wrong];
}
