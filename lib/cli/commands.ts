import type { Command } from './command';

/** Every command by name; its module is loaded only when it runs, so that one command's start-up does not pay for another's. */
export const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  estimate: { summary: 'how available the system will be, and why', load: async () => (await import('./estimate')).command },
  check: { summary: 'the gate for CI: targets, single points of failure', load: async () => (await import('./check')).command },
  explain: { summary: 'why a number is what it is', load: async () => (await import('./explain')).command },
  simulate: { summary: 'the independent simulation beside the exact numbers', load: async () => (await import('./simulate')).command },
  diff: { summary: 'what a change does to availability', load: async () => (await import('./diff')).command },
  comment: { summary: "posts or updates the pull request's comment", load: async () => (await import('./comment')).command },
  drift: { summary: 'what is deployed beside what the model counts on', load: async () => (await import('./drift')).command },
  synth: { summary: 'Terraform JSON from a spec', load: async () => (await import('./synth')).command },
  schema: { summary: 'the JSON Schema of specs, for editors', load: async () => (await import('./schema')).command },
  kinds: { summary: 'the catalogue of component kinds', load: async () => (await import('./kinds')).command },
  init: { summary: 'a first spec, and what deploys it', load: async () => (await import('./init')).command },
  solve: { summary: 'the engine alone, on an Open-PSA fault tree', load: async () => (await import('./solve')).command },
};
