import { DataAwsElbServiceAccount } from '@cdktf/provider-aws/lib/data-aws-elb-service-account';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { named, shortened } from './names';
import type { Network } from './network';
import { policyOf, type Statement } from './statement';

const keepDays = 90;

/** Regions older than 2022: there application balancers write as an account of AWS, whose number the provider knows; in later ones as a service. */
const olderRegions = [
  'af-south-1',
  'ap-east-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'me-south-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'us-west-1',
  'us-west-2',
];

/** Access logs of the topology's balancers, for ninety days. */
export class LogBucket extends Construct {
  readonly bucket: string;
  /** Balancers test whether they may write when their logs are switched on. */
  readonly writable: ITerraformDependable;
  private readonly store: S3Bucket;
  private kept = false;

  constructor(network: Network, id: string) {
    super(network, id);
    // Names of buckets are unique in all of AWS: the provider adds a suffix, and takes 37 characters.
    const bucket = named(new S3Bucket(this, 'bucket', { bucketPrefix: `${shortened(network.physicalName('logs'), 36)}-` }), id);
    this.store = bucket;
    this.bucket = bucket.id;
    named(
      new S3BucketPublicAccessBlock(this, 'private', {
        bucket: bucket.id,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      }),
      id,
    );
    // Balancers write only to buckets that S3 encrypts with its own keys.
    named(
      new S3BucketServerSideEncryptionConfigurationA(this, 'encrypted', {
        bucket: bucket.id,
        rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
      }),
      id,
    );
    named(new S3BucketVersioningA(this, 'versions', { bucket: bucket.id, versioningConfiguration: { status: 'Enabled' } }), id);
    named(
      new S3BucketLifecycleConfiguration(this, 'lifecycle', {
        bucket: bucket.id,
        rule: [
          {
            id: 'expire',
            status: 'Enabled',
            filter: [{ prefix: '' }],
            expiration: [{ days: keepDays }],
            noncurrentVersionExpiration: [{ noncurrentDays: 7 }],
            abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          },
        ],
      }),
      id,
    );
    const { account } = network;
    const objects = `${bucket.arn}/*`;
    // A balancer writes below its prefix, in a folder of its account.
    const logs = account === null ? objects : `${bucket.arn}/*/AWSLogs/${account}/*`;
    const ourAccount = account === null ? {} : { 'aws:SourceAccount': account };
    const writer: Statement['Principal'] = olderRegions.includes(network.region.name)
      ? { AWS: named(new DataAwsElbServiceAccount(this, 'writer'), id).arn }
      : { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' };
    this.writable = named(
      new S3BucketPolicy(this, 'policy', {
        bucket: bucket.id,
        policy: policyOf([
          {
            Sid: 'ApplicationBalancers',
            Effect: 'Allow',
            Principal: writer,
            Action: 's3:PutObject',
            Resource: logs,
          },
          {
            Sid: 'NetworkBalancers',
            Effect: 'Allow',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: logs,
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...ourAccount } },
          },
          {
            Sid: 'NetworkBalancersAsk',
            Effect: 'Allow',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Action: 's3:GetBucketAcl',
            Resource: bucket.arn,
            ...(account === null ? {} : { Condition: { StringEquals: ourAccount } }),
          },
          {
            Sid: 'OnlyEncrypted',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [bucket.arn, objects],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ]),
      }),
      id,
    );
  }

  /** Lets a balancer write here. Its test file stays, so that the bucket can only be destroyed with what is in it: once no balancer is protected. */
  admit(balancer: { readonly deletable: boolean }): void {
    this.kept ||= !balancer.deletable;
    if (this.kept) this.store.resetForceDestroy();
    else this.store.forceDestroy = true;
  }
}
