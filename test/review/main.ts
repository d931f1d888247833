import { main } from '../../lib/cli/process';

// The command line in a process of its own, from the sources.
void main();
