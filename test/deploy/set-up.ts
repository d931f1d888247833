import { has } from '../requirements';
import { emulatorEnvironment } from './emulator';

const generateCompiled = require('../generate-compiled.cjs') as () => Promise<void> | void;

/** Before all: what takes long once is not counted as the time of a test. */
export default async function setUp(): Promise<void> {
  await generateCompiled();
  if (has('python3') && has('terraform')) emulatorEnvironment();
}
