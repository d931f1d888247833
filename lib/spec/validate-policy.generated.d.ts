import type { SchemaError } from './schema-errors';

/** Says whether settings are as the schema of `nines.yaml` says, and what is wrong with them; made by `npm run generate`. */
export default function validator(): { (settings: unknown): boolean; errors?: readonly SchemaError[] | null };
