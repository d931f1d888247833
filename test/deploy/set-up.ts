import { has } from '../requirements';
import { emulatorEnvironment } from './emulator';

const generateValidator = require('../generate-validator.cjs') as () => Promise<void> | void;

/** Before all: what takes long once is not counted as the time of a test. */
export default async function setUp(): Promise<void> {
  await generateValidator();
  if (has('python3') && has('terraform')) emulatorEnvironment();
}
