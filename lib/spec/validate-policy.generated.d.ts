import type { SchemaError } from './schema-errors';

/** Whether settings are as the schema of `nines.yaml` says; made by `npm run generate`. */
declare const validate: { (settings: unknown): boolean; errors?: readonly SchemaError[] | null };
export default validate;
