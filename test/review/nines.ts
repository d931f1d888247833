import { main } from '../../lib/cli/process';

// The command as a process, from the sources: tests of CI run it like a runner does.
void main();
