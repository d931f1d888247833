import { spawnSync } from 'node:child_process';
import { tryFindCliConfig } from './mirror';

const { TF_CLI_CONFIG_FILE: _unset, ...inherited } = process.env;

/** The environment in which Terraform runs without a network and without an account. */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const config = tryFindCliConfig();
  return {
    ...inherited,
    ...(config ? { TF_CLI_CONFIG_FILE: config } : {}),
    AWS_ACCESS_KEY_ID: 'mock',
    AWS_SECRET_ACCESS_KEY: 'mock',
    AWS_EC2_METADATA_DISABLED: 'true',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
  };
}

/** Runs Terraform in a folder; what it says is part of the error when it fails. */
export function terraform(folder: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('terraform', args, {
    cwd: folder,
    env: terraformEnvironment(),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`terraform ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout;
}
