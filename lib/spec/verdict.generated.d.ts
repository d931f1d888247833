/** Whether settings are as the schema of specs says, and no more than that; made by `npm run generate`. */
export default function isValid(settings: unknown): boolean;
