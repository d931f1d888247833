// Made by `npm run generate` from the folders of lib/kinds. Not to be edited.

/** The construct class of every kind, by the name of the kind. */
export const constructs = {
} as const;
