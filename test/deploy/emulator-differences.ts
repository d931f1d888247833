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

/** What still bears our tag after everything was destroyed, by what its ARN holds, with the reason. */
export const listedAfterDestroy: Readonly<Record<string, string>> = {
  ':natgateway/': 'listed as deleted for an hour, by AWS too',
  ':instance/': 'listed as terminated for an hour, by AWS too',
  ':kms:': 'waits for its deletion, as AWS makes it',
  ':secretsmanager:': 'may be recovered for a month, as AWS has it',
  ':cluster-snapshot:rds:': 'the emulator keeps automatic snapshots of a deleted cluster, although it is told to delete them',
};

/** What the emulator forgets or adds, so that a plan after a deployment has it as a change: by type and argument, with the reason. */
export const secondPlan: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
