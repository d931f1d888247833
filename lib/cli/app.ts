import { delimiter } from 'node:path';
import { main } from './process';

/**
 * The app that `cdktf.json` runs: synthesizes the specs of `topologies/` (not of its subfolders), or those that `NINES_SPEC` names, to where cdktf
 * wants them. Everything is judged before anything is written. `NINES_BASELINE` names what is deployed, where that is not what was synthesized last.
 */
const { NINES_BASELINE: baseline, NINES_SPEC: given, CDKTF_OUTDIR: outdir = 'cdktf.out' } = process.env;
const specs = given ? given.split(delimiter).filter((spec) => spec !== '') : ['topologies'];

void main(['synth', ...specs, '--out', outdir, ...(baseline ? ['--baseline', baseline] : [])]);
