/**
 * Who may import whom, low to high; everything not named is forbidden, and a permission that nothing uses fails too (except in `cli`). Packages are
 * named as such; `provider` is a deep path of @cdktf/provider-aws.
 */
export const layers: readonly { readonly files: RegExp; readonly layer: string; readonly may: readonly string[] }[] = [
  { layer: 'units', files: /^units\//, may: [] },
  { layer: 'diagnostics', files: /^diagnostics\//, may: [] },
  { layer: 'engine', files: /^engine\//, may: [] },
  // Both compilers read lib/engine/normal.ts, so that there is one normal distribution.
  { layer: 'kernel', files: /^kernel\//, may: ['engine'] },
  { layer: 'assumptions', files: /^assumptions\//, may: [] },
  { layer: 'topology', files: /^topology\//, may: ['units', 'diagnostics', 'assumptions'] },
  { layer: 'resources', files: /^resources\//, may: [] },
  {
    layer: 'terraform',
    files: /^terraform\//,
    may: ['units', 'diagnostics', 'topology', 'cdktf', 'constructs', 'provider', 'node'],
  },
  {
    layer: 'kind',
    files: /^kinds\/[^/]+\/(?!construct|read-back|.*-resources)[^/]+$/,
    may: ['units', 'diagnostics', 'assumptions', 'topology'],
  },
  { layer: 'read-back', files: /^kinds\/[^/]+\/read-back/, may: ['topology', 'resources', 'kind'] },
  {
    layer: 'construct',
    files: /^kinds\/[^/]+\/(construct|.*-resources)/,
    may: ['terraform', 'cdktf', 'constructs', 'provider', 'kind'],
  },
  { layer: 'registry', files: /^kinds\/kinds\.generated/, may: ['topology', 'kind'] },
  { layer: 'read-back-registry', files: /^kinds\/read-backs\.generated/, may: ['resources', 'read-back'] },
  { layer: 'construct-registry', files: /^kinds\/constructs\.generated/, may: ['construct'] },
  { layer: 'resolve', files: /^resolve\//, may: ['units', 'diagnostics', 'assumptions', 'topology', 'registry'] },
  { layer: 'spec', files: /^spec\//, may: ['units', 'diagnostics', 'topology', 'registry', 'resolve', 'js-yaml', 'ajv'] },
  { layer: 'fault-tree', files: /^fault-tree\//, may: ['diagnostics', 'engine', 'topology'] },
  { layer: 'estimate', files: /^estimate\//, may: ['units', 'engine', 'assumptions', 'topology', 'resolve', 'fault-tree', 'kernel'] },
  { layer: 'simulation', files: /^simulation\//, may: ['units', 'engine', 'topology'] },
  {
    layer: 'drift',
    files: /^drift\//,
    may: ['diagnostics', 'topology', 'resources', 'read-back-registry', 'resolve', 'estimate', 'aws-sdk'],
  },
  { layer: 'check', files: /^check\//, may: ['units', 'diagnostics', 'topology', 'estimate'] },
  {
    layer: 'document',
    files: /^document\//,
    may: [
      'units',
      'diagnostics',
      'assumptions',
      'topology',
      'resources',
      'engine',
      'fault-tree',
      'estimate',
      'simulation',
      'drift',
      'check',
    ],
  },
  { layer: 'view', files: /^view\//, may: ['units', 'diagnostics', 'document'] },
  {
    layer: 'stack',
    files: /^stack\//,
    may: [
      'diagnostics',
      'topology',
      'resources',
      'terraform',
      'registry',
      'construct-registry',
      'resolve',
      'estimate',
      'document',
      'view',
      'cdktf',
      'constructs',
      'provider',
      'node',
      'package.json',
    ],
  },
  { layer: 'report', files: /^report\//, may: ['diagnostics', 'document', 'view', 'node'] },
];

/** The only places that know everything: the process, and the two public entries. */
export const everything = /^(cli\/.*|index|constructs)$/;

/** The simulation may take random numbers from the engine and nothing else: it must not share mathematics with what it checks. */
export const narrower: readonly { readonly files: RegExp; readonly layer: string; readonly only: RegExp }[] = [
  { files: /^simulation\//, layer: 'engine', only: /^engine\/random$/ },
];
