/** Engines that a database can have. */
export const engines = ['postgres', 'mysql'] as const;

export type Engine = (typeof engines)[number];

/** How a database survives the loss of a node, from not at all to best. */
export const forms = ['single', 'multi-az-instance', 'multi-az-cluster', 'aurora'] as const;

export type Form = (typeof forms)[number];

interface Line {
  /** What AWS calls the engine. */
  readonly name: string;
  readonly majors: readonly string[];
  /** What may follow a major version. */
  readonly minor: RegExp;
  readonly otherwise: string;
  readonly example: string;
  /** Parameter group family of a major version. */
  family(major: string): string;
}

/** Major versions that AWS offers, as of 2026-11; the provider checks none of them. */
const lines: Readonly<Record<'postgres' | 'mysql' | 'aurora-postgresql' | 'aurora-mysql', Line>> = {
  postgres: {
    name: 'postgres',
    majors: ['13', '14', '15', '16', '17', '18'],
    minor: /^(\.[0-9]{1,2})?$/,
    otherwise: '17',
    example: '17 or 17.4',
    family: (major) => `postgres${major}`,
  },
  mysql: {
    name: 'mysql',
    majors: ['8.0', '8.4'],
    minor: /^(\.[0-9]{1,2})?$/,
    otherwise: '8.4',
    example: '8.4 or 8.4.5',
    family: (major) => `mysql${major}`,
  },
  'aurora-postgresql': {
    name: 'aurora-postgresql',
    majors: ['13', '14', '15', '16', '17'],
    minor: /^(\.[0-9]{1,2})?$/,
    otherwise: '16',
    example: '16 or 16.6',
    family: (major) => `aurora-postgresql${major}`,
  },
  'aurora-mysql': {
    name: 'aurora-mysql',
    majors: ['8.0'],
    minor: /^(\.mysql_aurora\.3\.[0-9]{2}\.[0-9])?$/,
    otherwise: '8.0',
    example: '8.0 or 8.0.mysql_aurora.3.08.0',
    family: (major) => `aurora-mysql${major}`,
  },
};

/** The line of engine versions that an engine in a form takes its versions from. */
export function lineOf(engine: Engine, form: Form): Line {
  if (form !== 'aurora') return lines[engine];
  return engine === 'postgres' ? lines['aurora-postgresql'] : lines['aurora-mysql'];
}

export const defaultVersion = (engine: Engine, form: Form): string => lineOf(engine, form).otherwise;

/** Major version of a version that exists, undefined for any other text. */
export function tryMajor(engine: Engine, form: Form, version: string): string | undefined {
  const { majors, minor } = lineOf(engine, form);
  return majors.find((major) => version.startsWith(major) && minor.test(version.slice(major.length)));
}

/** A version that names its minor version stays there. */
export function isPinned(engine: Engine, form: Form, version: string): boolean {
  return tryMajor(engine, form, version) !== version;
}

/** Parameter group family of a version that has been checked. */
export function familyOf(engine: Engine, form: Form, version: string): string {
  const major = tryMajor(engine, form, version);
  if (major === undefined) throw new RangeError(`no ${engine} ${form} has the version ${version}`);
  return lineOf(engine, form).family(major);
}
