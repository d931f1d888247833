import type { Engine, Form } from './engines';

const graviton = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const graviton4 = [...graviton, '24xlarge', '48xlarge'];
const intel = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge'];
const intel6 = [...intel, '32xlarge'];
const intel7 = [...intel, '48xlarge'];
const burst = ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'];
const memory = ['xlarge', '2xlarge', '4xlarge', '8xlarge', '16xlarge', '24xlarge', '32xlarge'];

/** Families with local NVMe storage, which Multi-AZ clusters need. */
const local: Readonly<Record<string, readonly string[]>> = {
  m5d: intel,
  m6gd: graviton,
  m6id: intel6,
  m6idn: intel6,
  m8gd: graviton4,
  r5d: intel,
  r6gd: graviton,
  r6id: intel6,
  r6idn: intel6,
  r8gd: graviton4,
  x2iedn: memory,
};

const instances: Readonly<Record<string, readonly string[]>> = {
  ...local,
  t3: burst,
  t4g: burst,
  m5: intel,
  m6g: graviton,
  m6i: intel6,
  m7g: graviton,
  m7i: intel7,
  m8g: graviton4,
  r5: intel,
  r5b: intel,
  r6g: graviton,
  r6i: intel6,
  r7g: graviton,
  r7i: intel7,
  r8g: graviton4,
  x2g: [...graviton],
  x2idn: ['16xlarge', '24xlarge', '32xlarge'],
};

const clusters: Readonly<Record<string, readonly string[]>> = {
  ...local,
  // The smallest class of a Multi-AZ cluster.
  c6gd: ['medium', ...graviton],
};

const aurora: Readonly<Record<string, readonly string[]>> = {
  t3: ['medium', 'large'],
  t4g: ['medium', 'large'],
  r5: intel,
  r6g: graviton,
  r6i: intel6,
  r7g: graviton,
  r7i: intel7,
  r8g: graviton4,
  x2g: graviton,
};

/** Aurora PostgreSQL alone reads from local storage. */
const auroraPostgres: Readonly<Record<string, readonly string[]>> = { ...aurora, r6gd: graviton, r6id: intel6 };

function offered(engine: Engine, form: Form): Readonly<Record<string, readonly string[]>> {
  if (form === 'aurora') return engine === 'postgres' ? auroraPostgres : aurora;
  return form === 'multi-az-cluster' ? clusters : instances;
}

/** Instance classes that AWS offers for an engine in a form, as of 2026-11; the provider checks none of them. */
export function classesOf(engine: Engine, form: Form): string[] {
  return Object.entries(offered(engine, form)).flatMap(([family, sizes]) => sizes.map((size) => `db.${family}.${size}`));
}
