import type { Aws } from './aws';

interface Lacking {
  readonly reason: string;
  /** Asks the emulator for what it lacks; once it answers, the entry is no longer needed. */
  readonly ask: (aws: Aws) => Promise<unknown>;
}

/** What the emulator lacks, by type of resource: it is left out of what is deployed. */
export const leftOut: Readonly<Record<string, Lacking>> = {
  aws_elasticache_parameter_group: {
    reason: 'it has no parameter groups of ElastiCache',
    ask: (aws) => aws.query('elasticache', 'DescribeCacheParameterGroups'),
  },
};

/** What the emulator forgets or adds, so that a plan after a deployment has it as a change: by type and argument, with the reason. */
export const secondPlan: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
