import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { ITerraformDependable, TerraformResource } from 'cdktf';
import type { ComponentConstruct } from '../../terraform/component-construct';
import { shortened } from '../../terraform/names';
import { assumedBy, policyOf } from '../../terraform/statement';

type Add = <Resource extends TerraformResource>(resource: Resource, role: string, part?: string, oldPart?: string) => Resource;

export interface Profile {
  readonly name: string;
  /** What gives its role its rights. */
  readonly grants: readonly ITerraformDependable[];
}

/** Makes a role that may be reached by Session Manager and may use what the component depends on, and nothing else. */
export function makeProfile(component: ComponentConstruct, add: Add): Profile {
  const { network } = component;
  // Names of roles are unique in an account, over all regions.
  const name = shortened(`${component.physicalName()}-${network.region.name}`, 64);
  const role = add(new IamRole(component, 'role', { name, assumeRolePolicy: assumedBy('ec2.amazonaws.com') }), 'role');
  const policyArn = `arn:${network.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`;
  const attachment = new IamRolePolicyAttachment(component, 'session-manager', { role: role.name, policyArn });
  const grants: ITerraformDependable[] = [add(attachment, 'session-manager')];
  for (const { on } of component.dependencies) {
    const { statements } = on.access;
    if (statements.length === 0) continue;
    const access = { name: on.calledAs, role: role.name, policy: policyOf(statements) };
    grants.push(add(new IamRolePolicy(component, `access-${on.name}`, access), 'access', on.name, on.calledAs));
  }
  return { name: add(new IamInstanceProfile(component, 'profile', { name, role: role.name }), 'profile').name, grants };
}
