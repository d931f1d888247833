import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { named, shortened } from './names';
import type { Network } from './network';
import { assumedBy, policyOf } from './statement';

const retentionDays = 365;

/** Records who talked to whom in the network, for a year. */
export function makeFlowLogs(network: Network): void {
  const id = 'flow-logs';
  const group = named(
    new CloudwatchLogGroup(network, 'flow-log-group', {
      name: `/nines/${network.namePrefix}${network.topology}/${network.region.name}/flow-logs`,
      retentionInDays: retentionDays,
      // The key's own policy has to let the service in, and needs the account's number for that.
      ...(network.account ? { kmsKeyId: network.keyArn } : {}),
    }),
    id,
  );
  // Roles are global in an account, a topology may live in several regions.
  const role = named(
    new IamRole(network, 'flow-log-role', {
      name: shortened(network.physicalName(`flow-logs-${network.region.name}`), 64),
      assumeRolePolicy: assumedBy(
        'vpc-flow-logs.amazonaws.com',
        network.account ? { StringEquals: { 'aws:SourceAccount': network.account } } : undefined,
      ),
    }),
    id,
  );
  named(
    new IamRolePolicy(network, 'flow-log-policy', {
      name: 'write',
      role: role.id,
      policy: policyOf([
        {
          Sid: 'Write',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          Resource: `${group.arn}:*`,
        },
      ]),
    }),
    id,
  );
  named(
    new FlowLog(network, 'flow-log', {
      vpcId: network.vpcId,
      trafficType: 'ALL',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      tags: { Name: network.physicalName(id) },
    }),
    id,
  );
}
