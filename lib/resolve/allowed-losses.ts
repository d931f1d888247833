import { error, type Diagnostic } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';

/** The top of a spec says which components may go with their data; for those that stay, they say it themselves. */
export function checkAllowedLosses(allowed: readonly string[], components: ReadonlySet<string>): Diagnostic[] {
  return allowed
    .filter((name) => components.has(name))
    .map((name) =>
      error(
        'spec/allow-replacement',
        'The component is still here',
        `At the top of a spec are components that have gone, and ${quote(name)} is here. Write \`allowReplacement: <reason>\` in the component.`,
        { path: ['allowReplacement', name], atKey: true, address: `component/${name}` },
      ),
    );
}
