import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';
import { named } from './names';
import type { Network } from './network';
import { policyOf, type Statement } from './statement';

/** Who may use the key: the account's own roles as their policies say, and the services that write alarms and logs for it. */
function keyStatements(network: Network, account: string): Statement[] {
  const { partition } = network;
  const use = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey'];
  return [
    {
      Sid: 'Account',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: 'kms:*',
      // In a key's policy this is the key itself.
      Resource: '*',
    },
    {
      Sid: 'Alarms',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
    {
      Sid: 'Logs',
      Effect: 'Allow',
      Principal: { Service: `logs.${network.region.name}.amazonaws.com` },
      Action: use,
      Resource: '*',
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${network.region.name}:${account}:*` } },
    },
  ];
}

/** The key with which the topology's data is encrypted at rest. Without the account's number it has the policy that AWS gives by default. */
export class DataKey extends Construct {
  readonly arn: string;

  constructor(network: Network, id: string) {
    super(network, id);
    const key = named(
      new KmsKey(this, 'key', {
        description: `Data at rest of ${network.namePrefix}${network.topology}`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        ...(network.account ? { policy: policyOf(keyStatements(network, network.account)) } : {}),
      }),
      id,
    );
    named(new KmsAlias(this, 'alias', { name: `alias/${network.physicalName('data')}`, targetKeyId: key.id }), id);
    this.arn = key.arn;
  }
}

/** The topic to which every alarm of the topology goes; people and pagers subscribe to it. */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(network: Network, id: string) {
    super(network, id);
    const topic = named(
      new SnsTopic(this, 'topic', {
        name: network.physicalName('alarms'),
        // Alarms cannot use the key that AWS manages for topics, and our own key lets them in only where the account is known.
        ...(network.account ? { kmsMasterKeyId: network.keyArn } : {}),
      }),
      id,
    );
    this.arn = topic.arn;
    if (!network.account) return;
    const statement: Statement = {
      Sid: 'Alarms',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topic.arn,
      Condition: { StringEquals: { 'aws:SourceAccount': network.account } },
    };
    named(new SnsTopicPolicy(this, 'policy', { arn: topic.arn, policy: policyOf([statement]) }), id);
  }
}
