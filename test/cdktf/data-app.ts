import { TerraformOutput, TerraformStack, DataResource } from 'cdktf';
import { makeBackend } from '../../lib/stack/backend';
import { writeApp } from '../../lib/stack/write-app';

/** An app that needs no account, written as ours are, with the backend that ours have. */
writeApp(process.env.CDKTF_OUTDIR ?? 'cdktf.out', (app) => {
  const stack = new TerraformStack(app, 'data');
  makeBackend(stack, 'local');
  const data = new DataResource(stack, 'data', { input: { word: 'safe' } });
  return new TerraformOutput(stack, 'kept', { value: data.output });
});
