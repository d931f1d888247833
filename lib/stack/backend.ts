import { LocalBackend, S3Backend, type TerraformBackend, type TerraformStack } from 'cdktf';
import type { Deployment } from '../topology/topology';

/** Where a stack keeps its state. */
export function makeBackend(stack: TerraformStack, backend: Deployment['backend']): TerraformBackend {
  // Beside the output folder, from the stack's own folder in it. cdktf's default is an absolute path: nothing for a file that is committed.
  if (backend === 'local') return new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
  // A lock file beside the state; cdktf's own backend knows only lock tables.
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
  return new S3Backend(stack, { ...backend, encrypt: true });
}
