import type { SchemaError } from './schema-errors';

/** Where one of several forms fits, what the others say is noise: the form is that of the value's type. */
export function withoutOtherForms(failures: readonly SchemaError[]): SchemaError[] {
  const choices = failures.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  return failures.filter((failure) => {
    const choice = choices.find(
      ({ schemaPath, instancePath }) => failure.schemaPath.startsWith(`${schemaPath}/`) && isWithin(failure.instancePath, instancePath),
    );
    if (choice) return meantForm(choice, failures) === formOf(failure, choice);
    return !choices.includes(failure) || meantForm(failure, failures) === undefined;
  });
}

function formOf(failure: SchemaError, choice: SchemaError): string {
  return failure.schemaPath.slice(choice.schemaPath.length + 1).split('/')[0]!;
}

/** The only form that does not already fail by the type of the value; undefined if there is none or more than one. */
function meantForm(choice: SchemaError, failures: readonly SchemaError[]): string | undefined {
  const inside = failures.filter(
    ({ schemaPath, instancePath }) => schemaPath.startsWith(`${choice.schemaPath}/`) && isWithin(instancePath, choice.instancePath),
  );
  const forms = [...new Set(inside.map((failure) => formOf(failure, choice)))];
  const fitting = forms.filter(
    (form) =>
      !inside.some(
        (failure) =>
          formOf(failure, choice) === form && failure.instancePath === choice.instancePath && ['type', 'const'].includes(failure.keyword),
      ),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}/`);
}
