import { version } from '../../package.json';
import { didYouMean } from '../diagnostics/did-you-mean';
import { error, type Diagnostic } from '../diagnostics/diagnostic';
import type { ExitCode, Io } from './command';
import { commands } from './commands';

const overview =
  () => `nines ${version}: HA topologies as code. From one spec: Terraform for AWS, and an exact estimate of its availability.

Usage: nines COMMAND [ARGUMENTS]

Commands
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join('\n')}

Options
  --help     help on nines or on a command
  --version  the version

Exit codes: 0 answered and good, 1 answered and bad (a target is missed), 2 could not answer (spec, option, file).

Examples
  nines init                                  write a first spec and its cdktf.json
  nines estimate topologies/orders.yaml       how available it will be
  nines check topologies/                     fail when a target is missed
  nines synth topologies/orders.yaml          write its Terraform to cdktf.out
`;

/** Runs a command line. Never throws: what goes wrong is told on stderr and by the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...args] = argv;
  if (name === undefined) {
    io.stderr.write(overview());
    return 2;
  }
  if (name === 'help' && args.length > 0) return run([args[0]!, '--help'], io);
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(overview());
    return 0;
  }
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${version}\n`);
    return 0;
  }
  if (!Object.hasOwn(commands, name)) {
    const meant = didYouMean(name, Object.keys(commands));
    io.stderr.write(
      `nines: there is no command ${JSON.stringify(name)}.${meant ? ` Did you mean \`nines ${meant}\`?` : ''}\nRun \`nines --help\` for the commands.\n`,
    );
    return 2;
  }
  const heard: Diagnostic[] = [];
  let answered = false;
  const watched: Io = {
    ...io,
    heard: (diagnostics) => void heard.push(...diagnostics),
    stdout: {
      write: (text) => {
        answered = true;
        io.stdout.write(text);
      },
      get isTTY() {
        return io.stdout.isTTY;
      },
    },
  };
  const code = await runCommand(name, args, watched, heard);
  if (code === 2 && !answered) {
    const { unanswered, wantsJson } = await import('./unanswered');
    if (wantsJson(args)) io.stdout.write(`${JSON.stringify(unanswered(name, heard), null, 2)}\n`);
  }
  return code;
}

/** Runs a command; `heard` receives what it throws. */
async function runCommand(name: string, args: readonly string[], io: Io, heard: Diagnostic[]): Promise<ExitCode> {
  try {
    const command = await commands[name]!.load();
    const untilDashes = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
    if (untilDashes.includes('--help') || untilDashes.includes('-h')) {
      io.stdout.write(command.help);
      return 0;
    }
    return await command.run(args, io);
  } catch (cause) {
    // By name: in the package each command is a bundle with a class of its own.
    if (cause instanceof Error && cause.name === 'UsageError') {
      heard.push(error('cli/usage', 'Could not be answered', cause.message));
      io.stderr.write(`nines ${name}: ${cause.message}\nRun \`nines ${name} --help\` for what it takes.\n`);
      return 2;
    }
    heard.push(error('cli/bug', 'A bug in nines', (cause as Error)?.message ?? String(cause)));
    // Nothing else should arrive here; swallowing it would hide a bug, so it is told with what is needed to report it.
    io.stderr.write(
      `nines ${name} failed unexpectedly. This is a bug in nines ${version}; please report it with this text:\n${(cause as Error)?.stack ?? String(cause)}\n`,
    );
    return 2;
  }
}
