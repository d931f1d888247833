import type { Command } from './command';

/** Every command by name; its module is loaded only when it runs, so that one command's start-up does not pay for another's. */
export const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {};
