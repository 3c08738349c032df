/**
 * Imports point one way: lab, cli -> sweep -> train -> export, engine, data -> spec, random.
 * The engine knows nothing of tables, files or the DOM; `machine` (browsers, Dawn) is for the command line and tests.
 */
const layer = (name, allowed) => ({
  name: `${name}-imports-downwards`,
  severity: 'error',
  comment: `src/${name} may import from ${[name, ...allowed].join(', ')} only`,
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${[name, ...allowed].join('|')})/|^src/modules\\.d\\.ts$` },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: { path: '^src' }, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src', pathNot: '\\.d\\.ts$' }, to: {} },
    { name: 'resolvable', severity: 'error', from: { path: '^src' }, to: { couldNotResolve: true, pathNot: '\\?' } },
    { name: 'no-dev-dependencies', severity: 'error', from: { path: '^src/(?!lab|machine)' }, to: { dependencyTypes: ['npm-dev'], pathNot: '@types/' } },
    { name: 'no-node-in-the-core', severity: 'error', from: { path: '^src/(?!cli|machine)' }, to: { dependencyTypes: ['core'] } },
    layer('random', []),
    layer('spec', []),
    layer('data', ['spec', 'random']),
    layer('engine', ['spec', 'random']),
    layer('machine', ['spec']),
    layer('export', ['engine', 'data', 'spec']),
    {
      name: 'export-knows-parameters-only',
      severity: 'error',
      from: { path: '^src/export/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/parameters\\.ts$' },
    },
    layer('train', ['export', 'engine', 'data', 'spec', 'random']),
    layer('sweep', ['train', 'export', 'engine', 'data', 'spec', 'random']),
    layer('lab', ['sweep', 'train', 'export', 'engine', 'data', 'spec', 'random']),
    layer('cli', ['sweep', 'train', 'export', 'engine', 'data', 'spec', 'random', 'machine']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'], conditionNames: ['import', 'node', 'default'] },
  },
};
